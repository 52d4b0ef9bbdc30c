"""Brings Superset's database to the state that this checkout describes: schema, roles, administrator, assets."""

import logging
import os
import time

from flask import Flask
from flask_migrate import upgrade
from superset import security_manager
from superset.commands.importers.v1.assets import ImportAssetsCommand
from superset.extensions import appbuilder, db
from superset.utils.core import override_user

from millrace_superset.accounts import ensure_admin
from millrace_superset.bundle import CLICKHOUSE, connect_bundle, read_bundle
from millrace_superset.fingerprint import fingerprint
from millrace_superset.ledger import Ledger
from millrace_superset.settings import Settings
from millrace_superset.switched_on import switched_on

logger = logging.getLogger("millrace")


def prepare(app: Flask, settings: Settings, force: bool = False) -> bool:
    """Does the work unless it was done before with the same inputs. Returns whether it did anything."""
    started = time.monotonic()
    files = switched_on(read_bundle(), os.environ)
    print_of_inputs = fingerprint(app.config["VERSION_STRING"], files, settings)
    with app.app_context():
        ledger = Ledger(db.engine)
        try:
            if not force and ledger.holds(print_of_inputs):
                return False
            ledger.clear()
            bring_up_to_date(app, files, settings)
            ledger.record(print_of_inputs)
        finally:
            # Workers are forked from this process and must not share its connections.
            db.session.remove()
            db.engine.dispose()
    logger.info(
        "prepared in %.1f s: schema, roles, administrator, %d asset files", time.monotonic() - started, len(files)
    )
    return True


def bring_up_to_date(app: Flask, files: dict[str, str], settings: Settings) -> None:
    """Every step overwrites in place, so that it can be repeated."""
    upgrade()
    app.sync_config_to_db()
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    db.session.commit()
    admin = ensure_admin(settings.admin_user, settings.admin_password)
    with override_user(admin):
        import_assets(files, settings)


def import_assets(files: dict[str, str], settings: Settings) -> None:
    """Joined by uuid: what is there already keeps its id, and links to it keep working."""
    contents = connect_bundle(files, settings.clickhouse_uri)
    ImportAssetsCommand(contents, passwords={CLICKHOUSE: settings.clickhouse_password}).run()
