#!/usr/bin/env bash
# The distribution under artifacts/pack: yarndl.tgz (the bundle: self-contained, linux-x64, glibc 2.28 or later), yarndl.jar, conf/, bin/, and yarndl/ (the bundle unpacked).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pack=artifacts/pack
out=$pack/yarndl
rm -rf $pack; mkdir -p "$out"
dotnet publish src/YarnDL.Cli -c Release -r linux-x64 --self-contained -v q -nologo -p:DebugType=none -o "$out"
mv "$out/YarnDL.Cli" "$out/yarndl"
cp native/lib/libduckdb.so native/lib/libvips-cpp.so "$out/"
cp LICENSE native/NOTICES.md "$out/"
cp -r packaging/examples "$out/"
# The files lie at the archive's root: --archives yarndl.tgz#yarndl makes ./yarndl/yarndl of them. Same content, same bytes: fixed order, owner and time.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00:00Z' --mode=go-w -C "$out" -cf - . | gzip -n > $pack/yarndl.tgz
cp -r packaging/conf packaging/bin $pack/
if [ -f am/spark/target/yarndl.jar ]; then cp am/spark/target/yarndl.jar $pack/
elif command -v mvn >/dev/null && command -v javac >/dev/null; then am/build.sh package -DskipTests && cp am/spark/target/yarndl.jar $pack/
else echo "pack: no yarndl.jar (JDK 17 and Maven make it: ./build.sh am); the archive runs on one machine only"; fi
env -i "$out/yarndl" doctor >/dev/null || { echo "pack: the packed yarndl does not pass its doctor:"; env -i "$out/yarndl" doctor || true; exit 1; }
du -sh "$out" $pack/yarndl.tgz
