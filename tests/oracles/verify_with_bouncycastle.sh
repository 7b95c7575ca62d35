#!/usr/bin/env bash
# BouncyCastle's verdict on a folder of certificates and signatures; see VerifyWithBouncyCastle.java.
# Exit 0: all verified; 1: not; 2: wrong use; 77 or 3: bouncycastle.sh.
set -euo pipefail
[ $# -eq 1 ] && [ -d "$1" ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/bouncycastle.sh"
exec java -cp "$classpath" "$here/VerifyWithBouncyCastle.java" "$1"
