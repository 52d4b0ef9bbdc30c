#!/usr/bin/env bash
# Walks the running product from outside, source to charts: a line each, exit code 1 when anything is not as it should be.
# --security tries its doors instead: what listens where, who may do what with each password and without.
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"

local_environment
exec "$millrace_python" -m millrace_checks "$@"
