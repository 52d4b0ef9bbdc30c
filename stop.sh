#!/usr/bin/env bash
# Stops Millrace and leaves its data: ./stop.sh | ./stop.sh --clean [--yes] removes the data too, after asking.
set -euo pipefail
umask 077
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"

local_environment
runtime=$("$millrace_python" -m millrace_docker remembered)
exec "$millrace_python" -m "millrace_$runtime" down "$@"
