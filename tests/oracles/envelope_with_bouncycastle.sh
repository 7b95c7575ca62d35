#!/usr/bin/env bash
# The second implementation of the bid envelope; see EnvelopeWithBouncyCastle.java. Usage: vectors | open, enveloped or signed FOLDER
# Exit 0: done; 1: refused; 2: wrong use; 77: skipped, since there is no Java or no BouncyCastle here.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
jars=/usr/share/java
if ! command -v javac >/dev/null || [ ! -e "$jars/bcprov.jar" ] || [ ! -e "$jars/bcpkix.jar" ] || [ ! -e "$jars/bcutil.jar" ]; then
    echo "SKIPPED: needs a JDK and BouncyCastle (default-jdk-headless libbcprov-java libbcpkix-java)" >&2
    exit 77
fi
exec java -Dfile.encoding=UTF-8 -cp "$jars/bcprov.jar:$jars/bcpkix.jar:$jars/bcutil.jar" \
    "$here/EnvelopeWithBouncyCastle.java" "$@"
