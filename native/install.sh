#!/usr/bin/env bash
# Puts the native libraries of packages.lock.json into native/lib. Nothing is fetched for files that are there and whole.
# native/install.sh [--with-tests]   the flag adds the libraries that only tests use
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
tests=false
for a in "$@"; do
  case "$a" in
    --with-tests) tests=true ;;
    *) echo "usage: native/install.sh [--with-tests]" >&2; exit 2 ;;
  esac
done
remedy="or copy the files named in native/packages.lock.json into a folder and set YARNDL_NATIVE to it"
fail() { echo "native/install.sh: $*" >&2; exit 8; }

# One line per package: name version test integrity; one per file: name from to sha256.
lock=$(awk -F'"' '
  /"name":/ { name = $4; version = $8; test = ($0 ~ /"test": true/) }
  /"integrity":/ { print "package", name, version, test ? "true" : "false", $4 }
  /"from":/ { print "file", name, $4, $8, $12 }' packages.lock.json)
[ -n "$lock" ] || fail "packages.lock.json could not be read"

whole() { # package name -> all its files are there with their sums
  while read -r _ _ _ to sum; do
    [ -f "lib/$to" ] && [ "$(sha256sum <"lib/$to" | cut -d' ' -f1)" = "$sum" ] || return 1
  done < <(grep "^file $1 " <<<"$lock")
}

take() { # package name, version, integrity
  command -v npm >/dev/null && command -v node >/dev/null \
    || fail "npm is missing, which fetches $1; install Node.js with npm (Debian: npm), $remedy"
  local folder; folder=$(mktemp -d) || fail "no temporary folder could be made"
  trap 'rm -rf "$folder"' EXIT
  (cd "$folder" && npm pack --ignore-scripts --silent "$1@$2" >pack.log 2>&1) \
    || fail "npm could not fetch $1@$2 ($(tail -1 "$folder/pack.log" | tr -d '\n')); check the network or npm's registry setting, $remedy"
  local archive; archive=$(ls "$folder"/*.tgz)
  local seen; seen=$(node -e 'process.stdout.write("sha512-" + require("crypto").createHash("sha512").update(require("fs").readFileSync(process.argv[1])).digest("base64"))' "$archive")
  [ "$seen" = "$3" ] || fail "$1@$2 has integrity $seen, native/packages.lock.json expects $3; do not use it, and report it"
  while read -r _ _ from to sum; do
    tar -xzf "$archive" -C "$folder" "package/$from" || fail "$1@$2 does not hold $from"
    mkdir -p "$(dirname "lib/$to")"
    # Under a temporary name first: another process may have the old file mapped.
    cp "$folder/package/$from" "lib/$to.new$$" && chmod 644 "lib/$to.new$$" && mv -f "lib/$to.new$$" "lib/$to" || fail "native/lib/$to could not be written"
  done < <(grep "^file $1 " <<<"$lock")
  rm -rf "$folder"; trap - EXIT
  whole "$1" || fail "the files of $1@$2 differ from the sums in native/packages.lock.json"
  echo "native/install.sh: $1@$2 installed"
}

while read -r _ name version test integrity; do
  [ "$test" = false ] || [ "$tests" = true ] || continue
  whole "$name" || take "$name" "$version" "$integrity"
done < <(grep '^package ' <<<"$lock")
