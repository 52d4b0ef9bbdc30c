#!/usr/bin/env bash
# Sets Millrace up and runs it: ./run.sh [--docker | --local] | --doctor | --status | --logs NAME [-f] | --run-once NAME |
# --backup FILE | --restore FILE | --help
# In containers where a Docker engine answers, otherwise as ordinary processes; what was picked is kept until
# ./stop.sh --clean.
set -euo pipefail
# What is made here is its owner's alone.
umask 077
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"

local_environment
case " $* " in *" --help "* | *" -h "*) exec "$millrace_python" -m millrace_local up "$@" ;; esac
case " $* " in *" --doctor "*) exec "$millrace_python" -m millrace_checks.doctor ;; esac
runtime=$("$millrace_python" -m millrace_docker choose "$@")
case $runtime:${1:-} in
docker:* | *:--status | *:--logs | *:--backup | *:--restore) ;;
*)
  need_maven
  need_java
  ;;
esac
exec "$millrace_python" -m "millrace_$runtime" up "$@"
