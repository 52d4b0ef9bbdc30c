#!/usr/bin/env bash
# Sets Millrace up and runs it: ./run.sh [--local] | --status | --logs NAME [-f] | --help
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"

case ${1:-} in
--status | --logs | --help | -h) ;;
*)
  need_java
  need_maven
  ;;
esac
local_environment
exec "$millrace_python" -m millrace_local up "$@"
