#!/usr/bin/env bash
# What the product is made of: ./supply/run.sh bom | scan [--database PATH]…
#   bom    writes sbom/*.cdx.json, ../NOTICE and the checksums of Java's libraries anew, after a change of dependencies
#   scan   compares sbom/ with a database of known vulnerabilities; exit code 1 for one that accepted.yml does not name
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/../local/bootstrap.sh"
cd "$root"

local_environment
"$millrace_python" -m millrace_local.test_environments >/dev/null
if [ "${1:-}" = bom ]; then
  need_maven
  need_java
  mvn -q -B -ntp -DskipTests package org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom -pl contract,generator,loader,service,stream,webhook \
    -DoutputFormat=json -DoutputName=sbom -DincludeBomSerialNumber=false
fi
PYTHONPATH=$PYTHONPATH:$root/supply exec "$home/venv/test/bin/python" -m millrace_supply "$@"
