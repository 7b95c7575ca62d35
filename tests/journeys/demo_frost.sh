#!/usr/bin/env bash
# The journey of a company whose policy asks for Ed25519 sign keys: hufu demo --suite frost, then its results against the
# openssl command.
set -euo pipefail
hufu=$1
out=$2
rm -rf "$out"
mkdir -p "$out"

"$hufu" demo --suite frost --out "$out" || { tail -n 30 "$out"/stage/*.log; exit 1; }
cd "$out"

fail() { echo "FAIL: $*" >&2; exit 1; }
expect() { # expect <exit code> <command...>
    local want=$1 got=0
    shift
    "$@" >last.out 2>last.err || got=$?
    [ "$got" -eq "$want" ] || { cat last.out last.err; fail "exit $got instead of $want: $*"; }
}

for file in report.json sign-cert.pem encrypt-cert.pem input signature.sig login-assertion.sig ciphertext.der opened.txt; do
    [ -s "$file" ] || fail "$file is missing"
done
grep -q '^    "passed": true' report.json || fail "the report does not say passed"
[ "$(stat -c %s signature.sig)" -eq 64 ] || fail "signature.sig is not of 64 bytes"
cmp opened.txt plaintext.txt

openssl x509 -in sign-cert.pem -noout -text >certificate.txt
grep -q 'Public Key Algorithm: ED25519' certificate.txt || fail "the sign key is not Ed25519"
grep -q 'Signature Algorithm: SM2-with-SM3' certificate.txt || fail "the certificate is not signed with SM2"
openssl x509 -in sign-cert.pem -noout -pubkey >key.pem
openssl pkeyutl -verify -rawin -pubin -inkey key.pem -sigfile signature.sig -in input
openssl pkeyutl -verify -rawin -pubin -inkey key.pem -sigfile login-assertion.sig -in login-assertion.bin

trust=(--trust ca-root.pem --chain ca-issuing.pem --certificate sign-cert.pem)
expect 0 "$hufu" verify input signature.sig "${trust[@]}"
{ cat input; echo x; } >other
expect 1 "$hufu" verify other signature.sig "${trust[@]}"
expect 1 "$hufu" verify input login-assertion.sig "${trust[@]}"
expect 2 "$hufu" verify input signature.sig --trust ca-root.pem --chain ca-issuing.pem # no key to judge 64 bytes by
expect 2 "$hufu" demo --suite rsa --out "$out/none"
echo "journey: every proof holds"
