"""Superset's settings. Whatever differs between installations comes from the environment."""

import os
import sys
from base64 import b64encode
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from millrace_superset.activity import Activity
from millrace_superset.look import COLOR_SCHEMES, theme

HOME = Path(os.environ.get("SUPERSET_HOME", Path.home() / ".superset"))
LOGO = b64encode((Path(__file__).parent / "brand" / "millrace.svg").read_bytes()).decode()

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = os.environ["SUPERSET_DATABASE_URI"]
UPLOAD_FOLDER = str(HOME / "uploads") + "/"

CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 300, "CACHE_KEY_PREFIX": "millrace_"}
# A dashboard shows what the last run of a pipeline wrote: results are kept until their table has other rows.
DATA_CACHE_CONFIG = {
    "CACHE_TYPE": "millrace_superset.result_files.create",
    "CACHE_DIR": str(HOME / "results"),
    "CACHE_THRESHOLD": 500,
    "CACHE_DEFAULT_TIMEOUT": 24 * 60 * 60,
}
EVENT_LOGGER = Activity()

ROW_LIMIT = 10_000
SQL_MAX_ROW = 100_000
SUPERSET_WEBSERVER_TIMEOUT = 60
DATASET_IMPORT_ALLOWED_DATA_URLS: list[str] = []

WTF_CSRF_ENABLED = True
RATELIMIT_ENABLED = True
RATELIMIT_STORAGE_URI = "memory://"
AUTH_RATE_LIMIT = "10 per 20 second"

# A browser sends cookies to every port of a host: Airflow's cookie is called "session" too.
SESSION_COOKIE_NAME = "millrace_superset"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = os.environ.get("SUPERSET_COOKIE_SECURE", "false").lower() == "true"

# Superset's own policy without the addresses outside this machine (telemetry, maps, fonts).
TALISMAN_ENABLED = True
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": SESSION_COOKIE_SECURE,
}

APP_NAME = "Millrace"
LOGO_TARGET_PATH = "/superset/welcome/"
EXTRA_CATEGORICAL_COLOR_SCHEMES = COLOR_SCHEMES
THEME_DEFAULT = theme(f"data:image/svg+xml;base64,{LOGO}", "default")
THEME_DARK = theme(f"data:image/svg+xml;base64,{LOGO}", "dark")

ALEMBIC_SKIP_LOG_CONFIG = True
