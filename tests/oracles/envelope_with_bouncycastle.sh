#!/usr/bin/env bash
# The second implementation of the bid envelope; see EnvelopeWithBouncyCastle.java. Usage: vectors | open, enveloped or signed FOLDER
# Exit 0: done; 1: refused; 2: wrong use; 77 or 3: bouncycastle.sh.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/bouncycastle.sh"
exec java -Dfile.encoding=UTF-8 -cp "$classpath" "$here/EnvelopeWithBouncyCastle.java" "$@"
