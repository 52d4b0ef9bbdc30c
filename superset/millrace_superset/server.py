"""Builds the application that gunicorn serves."""

import gc
import os
import sys

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlglot import Dialect
from superset.app import create_app

from millrace_superset.problem import Problem
from millrace_superset.settings import settings_from


def build(force: bool = False) -> Flask:
    """Superset, prepared. Raises Problem when its settings are incomplete or its database can't be reached."""
    settings = settings_from(os.environ)
    require_database(os.environ["SUPERSET_DATABASE_URI"])
    app = create_app()
    # Superset's models can be imported only once an application exists.
    from millrace_superset.prepare import prepare
    from millrace_superset.result_keys import install

    prepare(app, settings, force)
    install()
    # Two first requests at once could meet in its loading: it is known by name before all of it is there.
    Dialect.get_or_raise("clickhouse")
    return app


def require_database(uri: str) -> None:
    """Superset itself would start without its database and fail much later, with a stack trace."""
    engine = create_engine(uri)
    try:
        engine.connect().close()
    except OperationalError as error:
        sentence = f"Superset's database can't be reached: {str(error.orig).strip().splitlines()[0]}"
        raise Problem(3, sentence, "Is Postgres running? SUPERSET_DATABASE_URI tells where and as whom.") from None
    finally:
        engine.dispose()


def create() -> Flask:
    """For gunicorn: ends the process with a sentence instead of a stack trace when Superset can't be prepared."""
    try:
        app = build()
    except Problem as problem:
        print(f"superset: {problem.sentence}\n  {problem.hint}", file=sys.stderr)
        raise SystemExit(problem.code) from None
    # What lives now lives as long as the process: workers then share its pages instead of copying them.
    gc.collect()
    gc.freeze()
    return app
