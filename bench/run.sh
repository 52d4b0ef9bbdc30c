#!/usr/bin/env bash
# Measures the loader side by side with ClickHouse's postgresql(), quickhouse, psql, sling and dlt:
#   bench/run.sh [--only headline|linear|shapes] [--scale 0.01] [--runs N] [--slow-runs N] [--out DIR] | --help
# or the follower, beside Debezium's connector and ClickHouse's MaterializedPostgreSQL:
#   bench/run.sh follow [--only latency] [--scale 0.1] [--alone] [--out DIR] | --help
# Needs nothing that runs: it starts its own servers and removes them, unless POSTGRES_HOST and CLICKHOUSE_HOST are set.
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/../local/bootstrap.sh"

local_environment
case " $* " in *" --help "* | *" -h "*) ;; *)
  need_java
  need_maven
  command -v psql >/dev/null || need_package postgresql-client
  ;;
esac
module=millrace_bench
if [ "${1:-}" = follow ]; then
  module=millrace_bench.follow
  shift
fi
exec "$millrace_python" -m "$module" "$@"
