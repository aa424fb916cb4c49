#!/usr/bin/env bash
# Builds and tests the JVM half: yarndl.jar in am/spark/target. am/build.sh [cluster | MAVEN ARGS]; cluster: on a real YARN too.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
die() { echo "build.sh am: $*" >&2; exit 1; }
command -v javac >/dev/null || die "JDK 17 is missing; install it (Debian: openjdk-17-jdk-headless) and run again"
major=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
[ "${major:-0}" -ge 17 ] || die "found JDK ${major:-none}, JDK 17 is needed; install it (Debian: openjdk-17-jdk-headless) and set JAVA_HOME"
command -v mvn >/dev/null || die "Maven is missing; install it (Debian: maven) and run again"
setup=${YARNDL_SHARED:-../../shared}/jvm/setup.sh
if [ -z "${SPARK_HOME:-}" ] && [ -x "$setup" ]; then eval "$("$setup")" || die "the offline Maven repository could not be unpacked"; fi
case "${1:-}" in
  "") set -- verify ;;
  cluster) set -- verify -Pcluster ;;
esac
rm -rf */target/surefire-reports */target/failsafe-reports
mvn ${YARNDL_MVN_ARGS:-} -B -ntp -q "$@" || die "the build or a test failed; reports are in am/*/target/surefire-reports and failsafe-reports"
grep -ho '<testsuite [^>]*' */target/surefire-reports/*.xml */target/failsafe-reports/TEST-*.xml 2>/dev/null | awk '
  { for (i = 1; i <= NF; i++) { if ($i ~ /^tests="/) t += num($i); if ($i ~ /^skipped="/) s += num($i) } }
  function num(x) { gsub(/[^0-9]/, "", x); return x }
  END { printf "am: %d passed, 0 failed, %d skipped\n", t - s, s }'
# does the one jar link with every release of Spark that is told in docs?
linkcheck=$(dirname "$setup")/api/linkcheck.py
if [ -f spark/target/yarndl.jar ] && [ -f "$linkcheck" ] && command -v python3 >/dev/null; then
  python3 "$linkcheck" spark/target/yarndl.jar || die "yarndl.jar does not link with every release of Spark"
fi
