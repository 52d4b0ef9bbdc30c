#!/usr/bin/env bash
# Makes the sample sources move: ./generate.sh batch|campaigns|impressions|clicks|traffic … with the settings of the product.
# generator/README.md tells what each does; ./generate.sh COMMAND --help lists its options.
set -euo pipefail
# shellcheck source=local/bootstrap.sh
source "$(dirname "${BASH_SOURCE[0]}")/local/bootstrap.sh"

local_environment
runtime=$("$millrace_python" -m millrace_docker remembered)
exec "$millrace_python" -m "millrace_$runtime" generate "$@"
