#!/usr/bin/env bash
# BouncyCastle's verdict on a sealed PDF; see PdfWithBouncyCastle.java.
# Exit 0: all verified; 1: not; 2: wrong use; 77 or 3: bouncycastle.sh.
set -euo pipefail
[ $# -eq 4 ] || { echo "usage: $0 PDF ROOT ISSUING COUNT" >&2; exit 2; }
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/bouncycastle.sh"
exec java -cp "$classpath" "$here/PdfWithBouncyCastle.java" "$@"
