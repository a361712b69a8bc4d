#!/bin/sh
# lay-out.sh TARGET PART...: unpacks what the build made of each server into TARGET/PART/{wlp,app,sbom.json}.
set -eu
target=$1
shift
here=$(dirname "$0")
mkdir -p "$target/bin"
cp "$here/health" "$here/serve" "$target/bin/"
chmod 755 "$target/bin/health" "$target/bin/serve"
for part in "$@"; do
  out=$target/$part
  server=wlp/usr/servers/storm-$part
  mkdir -p "$out"
  (cd "$out" && jar xf "/storm/storm-$part/target/storm-$part-server.zip")
  # jar does not keep modes.
  chmod 755 "$out/wlp/bin/server"
  # The heap follows the container's limit instead of a fixed size. What a server needs beside it (classes, code, threads: about
  # 300 MB) does not grow with the limit. It begins at half of its size: from the JVM's 1.5 % it would be collected all the way up.
  case $part in ws) heap=50 ;; *) heap=35 ;; esac
  sed -i "s/^-Xmx.*/-XX:MaxRAMPercentage=$heap\n-XX:InitialRAMPercentage=$((heap / 2))/" "$out/$server/jvm.options"
  mkdir -p "$out/app/servers/storm-$part"
  mv "$out/$server/apps" "$out/app/servers/storm-$part/apps"
  cp "/storm/storm-$part/target/bom.json" "$out/sbom.json"
done
chmod -R a+rX,go-w "$target"
