#!/usr/bin/env bash
# Runs the tests: ./test.sh [--fast | --e2e | --docker]
#   (nothing)  everything that CI runs: the fast tier, the integration tests on real servers, the product as a whole
#   --fast     formatting, linters and unit tests only
#   --e2e      only the product as a whole
#   --docker   the product as a whole in containers; needs a Docker engine
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"
cd "$root"

tiers="fast integration e2e"
case ${1:-} in
'') ;;
--fast) tiers=fast ;;
--e2e) tiers=e2e ;;
--docker) tiers=containers ;;
*) sed -n '2,6p' "$0" && exit 2 ;;
esac

need_maven
need_python
local_environment
need_java
if [[ $tiers =~ e2e|containers ]] && ! command -v chromium >/dev/null; then need_package chromium; fi
if [[ $tiers =~ integration ]] && [ ! -x /usr/sbin/pgbouncer ]; then need_package pgbouncer; fi
"$millrace_python" -m millrace_local.test_environments
test_bin=$home/venv/test/bin
export PATH=$test_bin:$PATH MILLRACE_CLICKHOUSE_PYTHON=$home/venv/clickhouse/bin/python DBT_EXECUTABLE=$home/venv/dbt/bin/dbt
logs=$home/logs/tests
mkdir -p "$logs"
rm -f "$logs"/*.log "$logs/summary"

stage() { # name command… : runs a stage; shows its closing lines when it passes, the end of its output when it fails
  local name=$1 status=ok began=$SECONDS log told
  shift
  log=$logs/${name// /-}.log
  printf '== %s\n' "$name"
  "$@" >"$log" 2>&1 </dev/null || status=FAILED
  if [ $status = ok ]; then told=$(grep -E 'passed|^All|^Success' "$log" | tail -n 2 || true); else told=$(tail -n 60 "$log"); fi
  printf -- '-- %s: %s, %s s\n%s' "$name" $status $((SECONDS - began)) "${told:+$told$'\n'}"
  printf '%-44s %s %4s s\n' "$name" $status $((SECONDS - began)) >>"$logs/summary"
}

pytest_in() { # venv folder… : pytest of the test environment, run by a component's own Python
  local venv=$1
  shift
  PYTHONPATH=$PYTHONPATH:$root/docker/gate:$home/pytest "$home/venv/$venv/bin/python" -m pytest -q -p no:cacheprovider "$@"
}

compose_file() { # with any keys, as the file insists on them; needs no engine
  SUPERSET_SECRET_KEY=x MILLRACE_DB_ADMIN_KEY=x AIRFLOW__API__SECRET_KEY=x AIRFLOW__API_AUTH__JWT_SECRET=x docker compose config --quiet
}

fast() {
  # The longest beside all the others: there are two cores at least.
  stage "java format and unit tests" mvn -B -ntp -q com.diffplug.spotless:spotless-maven-plugin:check test &
  stage "shellcheck" sh -c 'git ls-files "*.sh" local/programs loader/bin stream/bin webhook/bin generator/bin docker/airflow docker/java/java-runtime docker/java/libraries-as-listed .ci | xargs shellcheck -x'
  stage "ruff" sh -c 'ruff check . && ruff format --check .'
  stage "mypy" mypy --cache-dir "$home/mypy"
  stage "sqlfluff" sqlfluff lint --disable-progress-bar dbt/models dbt/tests
  stage "clickhouse unit tests" pytest_in clickhouse-test clickhouse/embedded/tests -m "not integration"
  stage "airflow tests" pytest_in airflow airflow/tests contract/tests -m "not integration"
  stage "superset asset tests" pytest_in superset superset/tests
  stage "runtime, check and benchmark tests" pytest_in local local/tests checks/tests bench/tests jdk/tests docs/tests
  stage "docker runtime tests" pytest_in local docker/tests docker/gate/tests
  stage "supply tests" env PYTHONPATH="$PYTHONPATH:$root/supply" python -m pytest -q -p no:cacheprovider supply/tests
  if [ -e "${MILLRACE_OSV:-$home/osv}" ]; then stage "known vulnerabilities" supply/run.sh scan; fi
  if docker compose version >/dev/null 2>&1; then stage "compose file" compose_file; fi
  wait
}

integration() {
  stage "java integration tests" mvn -B -ntp -q -Pintegration verify
  stage "clickhouse integration tests" pytest_in clickhouse-test clickhouse/embedded/tests -m integration
  stage "airflow integration tests" pytest_in airflow airflow/tests -m integration
  stage "dbt tests" pytest_in local dbt/checks
}

e2e() { stage "the product as a whole" python -m pytest -q -p no:cacheprovider e2e/tests; }

containers() { stage "the product in containers" python -m pytest -q -p no:cacheprovider e2e/docker/tests; }

for tier in $tiers; do $tier; done

printf '\n'
cat "$logs/summary"
if grep -q FAILED "$logs/summary"; then
  printf '\nSome tests failed. The whole output: %s\n' "$logs"
  exit 1
fi
printf '\nAll tests passed in %s s. Output, and screenshots of the e2e tests: %s\n' "$SECONDS" "$logs"
