# Sourced by run.sh, stop.sh, test.sh and check_all_works.sh: finds the tools a machine must have and makes the small
# Python environment that the rest runs in. Debian's packages are installed only where root may do so.
# shellcheck shell=bash disable=SC2034 # the scripts that source this use its variables

# Nothing that is made may be changed by others, whatever the caller's umask.
umask g-w,o-w
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=${MILLRACE_HOME:-$root/.millrace}
export MILLRACE_ROOT=$root MILLRACE_HOME=$home
# Compiled modules are what makes the second start of Airflow and Superset quick.
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

fail() { # code sentence hint
  printf 'millrace: %s\n  %s\n' "$2" "$3" >&2
  exit "$1"
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ "${MILLRACE_NO_APT:-}" != 1 ]; }

apt_updated=
need_package() { # package… : installs with apt as root, otherwise says the one command to run
  can_apt || fail 2 "$1 is missing on this machine." "Run: sudo apt-get install -y $*"
  printf 'millrace: installing %s with apt-get\n' "$*" >&2
  mkdir -p "$home/logs"
  # The machine's own files are for all its accounts.
  (umask 022; { [ -n "$apt_updated" ] || apt-get update; } && apt-get install -y --no-install-recommends "$@") \
    >"$home/logs/apt.log" 2>&1 </dev/null || fail 3 "apt-get could not install $*." "Look at $home/logs/apt.log; is the network up?"
  apt_updated=1
}

python_is_new() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null; }

find_python() {
  local name
  for name in python3.11 python3.12 python3; do
    if command -v "$name" >/dev/null && python_is_new "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

need_python() {
  python=$(find_python) || { need_package python3 python3-venv; python=$(find_python); } ||
    fail 2 "Python 3.11 or 3.12 is missing on this machine." "Install it and run this again."
  "$python" -c 'import ensurepip, venv' 2>/dev/null || need_package python3-venv
}

need_maven() { command -v mvn >/dev/null || need_package maven; }

# shellcheck source=jdk/need.sh
source "$root/jdk/need.sh"

local_environment() { # makes $home/venv/local from local/requirements.lock unless it is there already
  local venv=$home/venv/local lock=$root/local/requirements.lock
  millrace_python=$venv/bin/python
  if ! cmp -s "$lock" "$venv/requirements.lock"; then
    need_python
    mkdir -p "$home/logs"
    rm -rf "$venv"
    { "$python" -m venv "$venv" && "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$lock"; } \
      >"$home/logs/install-local.log" 2>&1 </dev/null || {
      rm -rf "$venv"
      tail -n 3 "$home/logs/install-local.log" >&2
      fail 3 "Python's packages could not be installed." "Is the network up? The whole output: $home/logs/install-local.log"
    }
    cp "$lock" "$venv/requirements.lock"
  fi
  export PYTHONPATH=$root/contract:$root/local:$root/checks:$root/superset:$root/docker:$root/bench:$root/airflow/dags
}
