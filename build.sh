#!/usr/bin/env bash
# YarnDL's build: one script, a few verbs. ./build.sh help
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
config=Release
out=artifacts

die() { echo "build.sh: $*" >&2; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is missing; install it (Debian: dotnet-sdk-10.0) and run again"
  case "$(dotnet --version 2>/dev/null)" in 10.*) ;; *) die "found .NET SDK $(dotnet --version 2>/dev/null || echo none), SDK 10 is needed; install dotnet-sdk-10.0" ;; esac
}

need_native() { native/install.sh "$@" || die "the native libraries are not there; see the line above"; }

build() {
  need_dotnet
  dotnet build YarnDL.sln -c $config -v q -nologo -clp:NoSummary "$@" || die "the build failed (warnings are errors)"
}

check() {
  need_dotnet
  dotnet format whitespace YarnDL.sln --verify-no-changes --no-restore -v q \
    || die "the format differs; run: dotnet format whitespace YarnDL.sln"
}

# What the cluster's tests start: yarndl.jar and the bundle, made when a name asks for them. Without JDK, Maven or Spark they skip and say so.
cluster_parts() {
  local name wanted=
  for name in "$@"; do case "$name" in *Cluster*|*Spark*) wanted=yes ;; esac; done
  [ -n "$wanted" ] || return 0
  if ! command -v javac >/dev/null || ! command -v mvn >/dev/null || { [ -z "${SPARK_HOME:-}" ] && [ ! -x "${YARNDL_SHARED:-../shared}/jvm/setup.sh" ]; }; then
    echo "no JDK, Maven or Spark here: the tests on a cluster will skip"; return 0
  fi
  am/build.sh package -DskipTests >$out/am.log 2>&1 || { tail -40 $out/am.log; die "the JVM half could not be built"; }
  if [ ! -f $out/pack/yarndl.jar ] || ! cmp -s am/spark/target/yarndl.jar $out/pack/yarndl.jar || [ -n "$(find src packaging native \( -name bin -o -name obj \) -prune -o -type f -newer $out/pack/yarndl.tgz -print -quit)" ]; then
    packaging/pack.sh >$out/pack.log 2>&1 || { tail -40 $out/pack.log; die "the bundle could not be built"; }
  fi
}

# One line per test project, then the sums. Skipped tests are counted by reason.
run_tests() { # args: xunit filters after project names
  local projects=() filters=() total=0 passed=0 failed=0 skipped=0 broken=0
  for name in "$@"; do
    case "$name" in
      golden) filters+=(-class '*Golden_*') ;;
      *.Tests) projects+=("$name") ;;
      *) if [ -d "tests/YarnDL.$name.Tests" ]; then projects+=("YarnDL.$name.Tests")
         elif [ -d "tests/$name.Tests" ]; then projects+=("$name.Tests")
         else filters+=(-class "*$name*"); fi ;;
    esac
  done
  # The cluster's suite takes a quarter of an hour and runs when it is named: ./build.sh test Cluster
  [ ${#projects[@]} -gt 0 ] || projects=($(cd tests && ls -d *.Tests | grep -v Cluster))
  rm -rf $out/tests; mkdir -p $out/tests
  for p in "${projects[@]}"; do
    local xml=$out/tests/$p.xml exe=tests/$p/bin/$config/net10.0/$p start=$SECONDS
    [ -x "$exe" ] || die "$exe is not built"
    "$exe" -noLogo -noColor ${filters[@]+"${filters[@]}"} -xml "$xml" >$out/tests/$p.log 2>&1
    local rc=$?
    if [ ! -s "$xml" ]; then
      echo "$p: the test process ended with $rc and no result"; tail -40 $out/tests/$p.log; broken=$((broken+1)); continue
    fi
    local line; line=$(grep -o '<assembly [^>]*>' "$xml" | head -1)
    num() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$line"; }
    local t f s e; t=$(num total); f=$(num failed); s=$(num skipped); e=$(num errors)
    total=$((total+t)); failed=$((failed+f)); skipped=$((skipped+s)); passed=$((passed+t-f-s)); broken=$((broken+${e:-0}))
    printf '%-28s %5d passed %3d failed %3d skipped  %4ds\n' "$p" $((t-f-s)) "$f" "$s" $((SECONDS-start))
    # What a suite does not cover yet may be a long list: counts here, names in the log.
    grep -h '^suite ' $out/tests/$p.log | sed -E "s|^(suite [^:]*: [^:(;]*[^:(; ]) ?[:(;].{80,}|\\1 (names in $out/tests/$p.log)|; s/^/  /"
    if [ "$rc" != 0 ] && [ "$f" = 0 ] && [ "${e:-0}" = 0 ]; then echo "  ended with code $rc"; broken=$((broken+1)); fi
    [ "$f" = 0 ] && [ "${e:-0}" = 0 ] || grep -vE '^\s*$' $out/tests/$p.log | tail -80
  done
  grep -ohE '<reason>(<!\[CDATA\[)?[^]<]*' $out/tests/*.xml 2>/dev/null | sed -E 's/<reason>(<!\[CDATA\[)?//' | sort | uniq -c \
    | while read -r n reason; do echo "skipped $n ($reason)"; done > $out/tests/skipped.txt
  echo
  echo "$passed passed, $((failed+broken)) failed, $skipped skipped"
  if [ -s $out/tests/skipped.txt ]; then cat $out/tests/skipped.txt; else echo "skipped 0 (none)"; fi
  [ "$total" -gt 0 ] || { echo "no test ran"; return 1; }
  [ $((failed+broken)) = 0 ]
}

usage() {
  cat <<'EOF'
./build.sh VERB [ARGS]

  check              format check and build, warnings as errors
  test [NAME ...]    check, then all tests but the cluster's; NAME is a project (Tensors, Data.Tests), a suite (golden) or a part of a class name
  test Cluster       yarndl.jar, the bundle, and the tests on a real HDFS, YARN and Hive metastore; test Spark: inside a Spark application
  bench [NAME ...]   benchmarks beside their peers and the machine's peak
  faults [NAME ...]  plants each fault of tests/faults in a copy and demands that its test goes red
  faults --random COUNT --seed SEED   the same with faults of rows of the operator table, chosen by the seed
  chaos [TRIALS]     kills training runs at random moments, resumes them, compares the bits (default 30)
  fuzz [SECONDS]     3000 random graphs (YARNDL_RANDOM_GRAPHS, YARNDL_RANDOM_SEED), then damaged files and frames for every reader
  am [cluster]       the JVM half: yarndl.jar and its tests (cluster: on HDFS, YARN and Hive too)
  pack               the distribution under artifacts/pack: bundle, yarndl.jar, conf, bin
  help               this text

Needs: .NET SDK 10; npm for the native libraries (native/install.sh); JDK 17 and Maven for am only.
EOF
}

verb=${1:-help}; shift || true
case "$verb" in
  check) need_dotnet; dotnet restore YarnDL.sln -v q || die "restore failed"; check; build ;;
  test) need_dotnet; need_native --with-tests; dotnet restore YarnDL.sln -v q || die "restore failed"; check; build; mkdir -p $out; cluster_parts "$@"; run_tests "$@" ;;
  bench) need_native; build; exec tests/YarnDL.Bench/bin/$config/net10.0/YarnDL.Bench "$@" ;;
  faults) exec tests/faults/run.sh "$@" ;;
  chaos) need_native; build; exec tests/YarnDL.Chaos/bin/$config/net10.0/YarnDL.Chaos "$@" ;;
  fuzz) need_native; build
    YARNDL_RANDOM_GRAPHS=${YARNDL_RANDOM_GRAPHS:-3000} tests/YarnDL.ModelFiles.Tests/bin/$config/net10.0/YarnDL.ModelFiles.Tests -noLogo -noColor -method '*Random_graphs.*' || exit 1
    exec tests/YarnDL.Fuzz/bin/$config/net10.0/YarnDL.Fuzz "$@" ;;
  am) exec am/build.sh "$@" ;;
  pack) need_dotnet; need_native; exec packaging/pack.sh "$@" ;;
  help|-h|--help) usage ;;
  *) usage >&2; exit 2 ;;
esac
