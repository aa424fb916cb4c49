#!/usr/bin/env bash
# A self-contained folder and archive: artifacts/pack/yarndl and artifacts/pack/yarndl.tgz. Runs on linux-x64 with glibc 2.28 or later, nothing installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=artifacts/pack/yarndl
rm -rf artifacts/pack; mkdir -p "$out"
dotnet publish src/YarnDL.Cli -c Release -r linux-x64 --self-contained -v q -nologo -p:DebugType=none -o "$out"
mv "$out/YarnDL.Cli" "$out/yarndl"
cp native/lib/libduckdb.so native/lib/libvips-cpp.so "$out/"
cp LICENSE native/NOTICES.md "$out/"
cp -r packaging/examples "$out/"
# Same content, same bytes: fixed order, owner and time.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00:00Z' -C artifacts/pack -cf - yarndl | gzip -n > artifacts/pack/yarndl.tgz
env -i "$out/yarndl" doctor >/dev/null || { echo "pack: the packed yarndl does not pass its doctor:"; env -i "$out/yarndl" doctor || true; exit 1; }
du -sh "$out" artifacts/pack/yarndl.tgz
