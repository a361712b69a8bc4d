#!/bin/sh
# lay-out.sh TARGET PART...: unpacks what the build made of each server into TARGET/PART/{wlp,app,sbom.json}.
set -eu
target=$1
shift
here=$(dirname "$0")
mkdir -p "$target/bin"
cp "$here/health" "$target/bin/health"
chmod 755 "$target/bin/health"
for part in "$@"; do
  out=$target/$part
  server=wlp/usr/servers/storm-$part
  mkdir -p "$out"
  (cd "$out" && jar xf "/storm/storm-$part/target/storm-$part-server.zip")
  # jar does not keep modes.
  chmod 755 "$out/wlp/bin/server"
  # The heap follows the container's limit instead of a fixed size; the rest of memory is for threads, code and buffers.
  sed -i 's/^-Xmx.*/-XX:MaxRAMPercentage=50/' "$out/$server/jvm.options"
  mkdir -p "$out/app/servers/storm-$part"
  mv "$out/$server/apps" "$out/app/servers/storm-$part/apps"
  cp "/storm/storm-$part/target/bom.json" "$out/sbom.json"
done
chmod -R a+rX,go-w "$target"
