"""Builds the application that gunicorn serves."""

import gc
import os
import sys

from flask import Flask
from sqlalchemy.exc import OperationalError
from superset.app import create_app

from millrace_superset.problem import Problem
from millrace_superset.settings import settings_from


def build(force: bool = False) -> Flask:
    """Superset, prepared. Raises Problem when its settings are incomplete or its database can't be reached."""
    settings = settings_from(os.environ)
    try:
        app = create_app()
        # Superset's models can be imported only once an application exists.
        from millrace_superset.prepare import prepare

        prepare(app, settings, force)
    except OperationalError as error:
        raise Problem(
            3,
            f"Superset's database can't be reached: {str(error.orig).strip()}",
            "Start it, or check SUPERSET_DATABASE_URI.",
        ) from error
    return app


def create() -> Flask:
    """For gunicorn: ends the process with a sentence instead of a stack trace when Superset can't be prepared."""
    try:
        app = build()
    except Problem as problem:
        print(f"superset: {problem}", file=sys.stderr)
        raise SystemExit(problem.code) from None
    # What lives now lives as long as the process: workers then share its pages instead of copying them.
    gc.collect()
    gc.freeze()
    return app
