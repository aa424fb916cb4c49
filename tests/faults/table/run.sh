#!/usr/bin/env bash
# Faults of operator table rows: plants a switch for each into a copy of the tree, turns them on one by one, and demands that the tests made from
# the table go red on that row.
#   tests/faults/table/run.sh COUNT SEED     COUNT faults chosen by SEED, such as a commit hash
#   tests/faults/table/run.sh all            every fault of every row
#   tests/faults/table/run.sh Relu,Conv      every fault of these rows
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
root=$PWD
copy=$(mktemp -d); trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy" 2>/dev/null
cd "$copy"
cp tests/faults/table/Mutant.cs.txt src/YarnDL.Graphs/Mutant.cs
cp tests/faults/table/Mutation_run.cs.txt tests/YarnDL.Graphs.Tests/Mutation_run.cs
sed -i 's/in BuiltIn())$/in BuiltIn().Select(o => new Mutant(o)))/' src/YarnDL.Graphs/OperatorTable.cs
grep -q 'new Mutant(o)' src/YarnDL.Graphs/OperatorTable.cs || { echo "the table has changed: the switch cannot be planted"; exit 1; }
dotnet build tests/YarnDL.Graphs.Tests -v q -nologo -clp:NoSummary >"$copy/build.log" 2>&1 || { grep -E 'error' "$copy/build.log" | sort -u | head; exit 1; }
YARNDL_MUTATIONS=$1 YARNDL_MUTATION_SEED=${2:-} YARNDL_MUTATION_LOG=$copy/faults.log \
  tests/YarnDL.Graphs.Tests/bin/Debug/net10.0/YarnDL.Graphs.Tests -noLogo -noColor -method '*Mutation_run.*' >"$copy/test.log" 2>&1
rc=$?
cat "$copy/faults.log" 2>/dev/null || tail -30 "$copy/test.log"
[ $rc = 0 ] || { grep -q missed "$copy/faults.log" 2>/dev/null || tail -30 "$copy/test.log"; }
exit $rc
