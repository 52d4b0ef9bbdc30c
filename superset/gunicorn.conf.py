"""How gunicorn serves Superset; the address comes from the environment."""

import os
from pathlib import Path

pythonpath = str(Path(__file__).parent)
wsgi_app = "millrace_superset.server:create()"
bind = f"{os.environ.get('MILLRACE_BIND', '127.0.0.1')}:{os.environ.get('SUPERSET_PORT', '8088')}"
proc_name = "superset"

# The application is built once, before the workers are forked: they share its memory.
preload_app = True
workers = int(os.environ.get("SUPERSET_WORKERS", "1"))
worker_class = "gthread"
threads = 8
timeout = 120
graceful_timeout = 10
keepalive = 30

# Explore puts a chart's settings into its address.
limit_request_line = 0
limit_request_field_size = 0

errorlog = "-"
accesslog = None
