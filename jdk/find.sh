# Sourced by the programs' bin/ scripts: finds the Java that they run with.
# shellcheck shell=bash

oldest_java=25

java_version() { # folder: the major version of the Java there, in $major; false where there is none
  local line
  major=
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in JAVA_VERSION=*) line=${line#*=}; line=${line//\"/}; line=${line#1.}; major=${line%%[!0-9]*} ;; esac
  done <"$1/release"
  [ -n "$major" ]
}

java_places() { # program: the callers' own Java, then those where systems keep them, a line each
  local program
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if program=$(command -v "$1") && program=$(readlink -f "$program"); then printf '%s\n' "${program%/bin/*}"; fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk-* "${HOME:-/}"/.sdkman/candidates/java/* \
    "${HOME:-/}"/.jdks/* {"${HOME:-/}",}/Library/Java/JavaVirtualMachines/*/Contents/Home \
    {/opt/homebrew,/usr/local}/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

java_with() { # program: the first place whose Java is new enough and has this program, in $found
  while IFS= read -r found; do
    if java_version "$found" && [ "$major" -ge $oldest_java ] && [ -x "$found/bin/$1" ]; then return; fi
  done < <(java_places "$1")
  return 1
}

find_java() { # home program: sets $java for a program below home; what run.sh found or installed comes first
  java=${MILLRACE_HOME:-$1/../.millrace}/java/bin/java
  [ ! -x "$java" ] || return 0
  java_with java || {
    printf '%s: there is no Java %s or newer on this machine.\n  Run ./run.sh, which brings one, or set JAVA_HOME.\n' "$2" $oldest_java >&2
    exit 2
  }
  java=$found/bin/java
}
