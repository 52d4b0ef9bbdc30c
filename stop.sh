#!/usr/bin/env bash
# Stops Millrace and leaves its data: ./stop.sh | ./stop.sh --clean [--yes] removes the data too, after asking.
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"

local_environment
exec "$millrace_python" -m millrace_local down "$@"
