#!/usr/bin/env bash
# BouncyCastle's verdict on a sealed PDF; see PdfWithBouncyCastle.java.
# Exit 0: all verified; 1: not; 2: wrong use; 77: skipped, since there is no Java or no BouncyCastle here.
set -euo pipefail
[ $# -eq 4 ] || { echo "usage: $0 PDF ROOT ISSUING COUNT" >&2; exit 2; }
here=$(dirname "${BASH_SOURCE[0]}")
jars=/usr/share/java
if ! command -v java >/dev/null || ! command -v javac >/dev/null; then
    echo "SKIPPED: the BouncyCastle oracle needs a JDK (default-jdk-headless); nothing was verified by it" >&2
    exit 77
fi
for jar in bcprov bcpkix bcutil; do
    [ -e "$jars/$jar.jar" ] && continue
    echo "SKIPPED: $jars/$jar.jar is missing (libbcprov-java libbcpkix-java); nothing was verified by it" >&2
    exit 77
done
exec java -cp "$jars/bcprov.jar:$jars/bcpkix.jar:$jars/bcutil.jar" "$here/PdfWithBouncyCastle.java" "$@"
