"""Everything that --security tries."""

from collections.abc import Mapping
from functools import partial

from millrace_checks.finding import Check
from millrace_checks.security.airflow import airflow
from millrace_checks.security.clickhouse import clickhouse
from millrace_checks.security.files import files
from millrace_checks.security.followers import follower_doors
from millrace_checks.security.gate import gate
from millrace_checks.security.isolation import isolation
from millrace_checks.security.listening import listening
from millrace_checks.security.native import native
from millrace_checks.security.order_api import order_api
from millrace_checks.security.passwords import passwords
from millrace_checks.security.postgres import postgres
from millrace_checks.security.programs import programs
from millrace_checks.security.superset import superset
from millrace_checks.security.webhook import webhook
from millrace_docker.runtime import DOCKER, remembered
from millrace_local.layout import Layout
from millrace_local.settings import default_settings


def security_checks(layout: Layout, settings: Mapping[str, str]) -> list[Check]:
    """Every door of the product, tried with each password and without."""
    defaults = default_settings(layout.root)
    in_docker = remembered(layout) == DOCKER
    rooms = [("gate", gate), ("containers", isolation)] if in_docker else [("programs", programs)]
    return [
        Check("listening", partial(listening, layout, settings)),
        Check("files", partial(files, layout)),
        Check("passwords", partial(passwords, settings, defaults)),
        *(Check(name, partial(look, layout, settings)) for name, look in rooms),
        Check("Postgres", partial(postgres, settings)),
        Check("ClickHouse", partial(clickhouse, settings, defaults)),
        *([Check("ClickHouse's native port", partial(native, settings))] if in_docker else []),
        Check("webhook", partial(webhook, settings)),
        Check("order API", partial(order_api, layout.pipelines, settings)),
        Check("followers", partial(follower_doors, layout.pipelines)),
        Check("Airflow", partial(airflow, settings)),
        Check("Superset", partial(superset, settings)),
    ]
