#!/usr/bin/env bash
# Plants each fault (tests/faults/*.patch) in a copy of the tree and demands that the test named in its first lines goes red:
#   # test: PROJECT CLASS.METHOD     (the method may end in *)
#   # fault: one line that says what is planted
set -uo pipefail
if [ "${1:-}" = --random ]; then # --random COUNT --seed SEED: faults of rows of the operator table
  [ $# = 4 ] && [ "$3" = --seed ] || { echo "usage: build.sh faults --random COUNT --seed SEED" >&2; exit 2; }
  exec "$(dirname "${BASH_SOURCE[0]}")/table/run.sh" "$2" "$4"
fi
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
copy=$(mktemp -d); trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy" 2>/dev/null
[ -d native/lib ] && mkdir -p "$copy/native" && cp -r native/lib "$copy/native/"
export YARNDL_SHARED=${YARNDL_SHARED:-$(cd .. && pwd)/shared}
cd "$copy"
caught=0; missed=0
chosen=()
for patch in "$root"/tests/faults/*.patch; do
  name=$(basename "$patch" .patch)
  case " ${*:-$name} " in *" $name "*) chosen+=("$patch") ;; esac
done
build() { # arguments of dotnet build
  dotnet build "$@" -v q -nologo -clp:NoSummary >"$copy/build.log" 2>&1 || { tail -5 "$copy/build.log"; return 99; }
}
run() { # project, methods: -> exit code of the test process
  local project=$1 methods=() n rc; shift
  for m in "$@"; do methods+=(-method "*$m"); done
  rm -f "$copy/result.xml"
  timeout $((900 * $#)) "tests/$project/bin/Debug/net10.0/$project" -noLogo -noColor "${methods[@]}" -xml "$copy/result.xml" >"$copy/test.log" 2>&1
  rc=$?
  n=$(grep -o '<assembly [^>]*>' "$copy/result.xml" | sed -n 's/.* total="\([0-9]*\)".*/\1/p')
  [ "${n:-0}" -gt 0 ] || return 98
  return $rc
}
parts() { # project: what its tests start
  case $1 in *Cluster*|*Spark*) { am/build.sh package -DskipTests && packaging/pack.sh; } >"$copy/build.log" 2>&1 || { tail -5 "$copy/build.log"; return 99; } ;; esac
}
spread() { # assembly, its file: puts the file wherever a test process looks for the assembly
  find src tests -path "*/bin/Debug/net10.0/$1.dll" ! -samefile "$2" -exec cp "$2" {} \;
}
# Without a fault every named test is green.
for project in $(for patch in "${chosen[@]}"; do sed -n 's/^# test: \([^ ]*\) .*/\1/p' "$patch"; done | sort -u); do
  methods=($(for patch in "${chosen[@]}"; do sed -n "s/^# test: $project //p" "$patch"; done | sort -u))
  build "tests/$project" && parts "$project" && run "$project" "${methods[@]}" || { echo "MISSED in $project, without a fault: one of ${methods[*]} is red"; grep -E '\[FAIL\]' "$copy/test.log"; missed=$((missed+1)); }
done
# A fault in one assembly: that one is built anew and spread, and afterwards the one without it. Any other: the project is built anew, and again.
mkdir -p "$copy/clean"
for patch in "${chosen[@]}"; do
  name=$(basename "$patch" .patch)
  read -r project method < <(sed -n 's/^# test: //p' "$patch")
  fault=$(sed -n 's/^# fault: //p' "$patch")
  assembly=$(git apply --numstat "$patch" | sed -E 's#.*\tsrc/([^/]*)/.*\.cs$#\1#' | sort -u)
  case $project in *Cluster*|*Spark*) assembly= ;; esac
  made="src/$assembly/bin/Debug/net10.0/$assembly.dll"
  if ! git apply --whitespace=nowarn "$patch" 2>"$copy/apply.log"; then echo "MISSED $name: the patch does not apply: $(head -1 "$copy/apply.log")"; missed=$((missed+1)); continue; fi
  if [ -f "$made" ]; then
    cp "$made" "$copy/clean/$assembly.dll"
    if build "src/$assembly" --no-restore -p:BuildProjectReferences=false; then spread "$assembly" "$made"; run "$project" "$method"; rc=$?; else rc=99; fi
    git apply -R --whitespace=nowarn "$patch"
    spread "$assembly" "$copy/clean/$assembly.dll"
  else
    if build "tests/$project" && parts "$project"; then run "$project" "$method"; rc=$?; else rc=99; fi
    git apply -R --whitespace=nowarn "$patch"
    build "tests/$project"
  fi
  case $rc in
    0) echo "MISSED $name ($fault): $method stayed green"; missed=$((missed+1)) ;;
    98) echo "MISSED $name: no test matches $method"; missed=$((missed+1)) ;;
    99) echo "MISSED $name: the planted copy does not build"; missed=$((missed+1)) ;;
    *) echo "caught $name ($fault) by $method"; caught=$((caught+1)) ;;
  esac
done
echo "$caught faults caught, $missed missed"
[ $missed = 0 ] && [ $caught -gt 0 ]
