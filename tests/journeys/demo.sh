#!/usr/bin/env bash
# The journey as a stranger would run and check it: hufu demo, then its results against outsiders' verifiers.
set -euo pipefail
hufu=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$out"
mkdir -p "$out"

"$hufu" demo --out "$out" || { tail -n 30 "$out"/stage/*.log; exit 1; }
cd "$out"

fail() { echo "FAIL: $*" >&2; exit 1; }
expect() { # expect <exit code> <command...>
    local want=$1 got=0
    shift
    "$@" >last.out 2>last.err || got=$?
    [ "$got" -eq "$want" ] || { cat last.out last.err; fail "exit $got instead of $want: $*"; }
}

for file in report.json ca-root.pem ca-issuing.pem sign-cert.pem encrypt-cert.pem input signature.der signature.p7s \
    login-assertion.der ciphertext.der opened.txt; do
    [ -s "$file" ] || fail "$file is missing"
done
grep -q '^    "passed": true' report.json || fail "the report does not say passed"
cmp opened.txt plaintext.txt
[ "$(ls screens/*-en.png | wc -l)" -eq "$(ls screens/*-zh_CN.png | wc -l)" ] || fail "screens are not there in both languages"
for screen in phone-{welcome,number,agreements,identity,pin-choose,pin-repeat,keys,certificate,home,scan,enrol-approve,enrol-factor,login-approve} \
    phone-{login-pin,login-result,wrong-pin,power-cut,power-back,cloned,recover,locked,expired-frame,foreign-frame,replayed-frame} \
    desk-{status,enrol,enrolled,qr,outcome,bids-opened,locked,stamp,stamp-electronic,stamp-several,stamped-several} phone-bids-approve; do
    [ -s "screens/$screen-en.png" ] || fail "no screen $screen"
done

for step in server apply handling-person facts remittance seats seals staff seal-grants certificate-grant activate binding; do
    grep -q "\"step\": \"$step\"" report.json || fail "no step $step"
done

trust=(--trust ca-root.pem --chain ca-issuing.pem)
expect 0 "$hufu" verify tender-sealed.pdf "${trust[@]}"
expect 1 "$hufu" verify tender.pdf "${trust[@]}"
grep -q HF-625 last.err || fail "no HF-625 for a PDF without a signature"
expect 0 "$hufu" inspect tender-sealed.pdf
expect 0 qpdf --check tender-sealed.pdf
pdfsig -nocert tender-sealed.pdf 2>&1 | grep 'Total document signed' >/dev/null || fail "pdfsig sees less than the whole document signed"
expect 0 "$hufu" verify tender-electronic-sealed.pdf "${trust[@]}" --manifest electronic-manifest.json
expect 1 "$hufu" verify tender-electronic-sealed.pdf "${trust[@]}" --manifest login-manifest.json
grep -q manifestDiffers last.out || fail "another manifest is not named as the reason"
expect 0 qpdf --check tender-electronic-sealed.pdf
expect 0 "$here/../oracles/pdf_with_bouncycastle.sh" tender-electronic-sealed.pdf ca-root.pem ca-issuing.pem 1
pdfsig -nocert tender-electronic-sealed.pdf 2>&1 | grep 'Signature #1' >/dev/null || fail "pdfsig sees no signature in the electronically sealed file"
expect 0 "$here/../oracles/pdf_with_bouncycastle.sh" tender-sealed.pdf ca-root.pem ca-issuing.pem 1
for one in a c; do
    expect 0 "$hufu" verify "tender-$one-sealed.pdf" "${trust[@]}" --manifest several-manifest.json
    expect 0 qpdf --check "tender-$one-sealed.pdf"
    expect 0 "$here/../oracles/pdf_with_bouncycastle.sh" "tender-$one-sealed.pdf" ca-root.pem ca-issuing.pem 1
done
[ ! -e tender-b-sealed.pdf ] || fail "what was left out on the phone is stamped"
expect 0 "$hufu" verify input signature.p7s "${trust[@]}"
expect 0 "$hufu" verify input signature.der "${trust[@]}" --certificate sign-cert.pem
expect 0 "$hufu" verify login-assertion.bin login-assertion.der "${trust[@]}" --certificate sign-cert.pem

# Each thing that must be refused, is.
{ cat input; echo x; } > other
expect 1 "$hufu" verify other signature.p7s "${trust[@]}"
grep -q HF-602 last.err || fail "no HF-602 for another content"
expect 1 "$hufu" verify other signature.der "${trust[@]}" --certificate sign-cert.pem
expect 1 "$hufu" verify input signature.der "${trust[@]}" --certificate encrypt-cert.pem
expect 1 "$hufu" verify input signature.p7s --trust sign-cert.pem
head -c 100 signature.p7s > cut.p7s
expect 3 "$hufu" verify input cut.p7s "${trust[@]}"
expect 3 "$hufu" verify input no-such-file "${trust[@]}"
expect 2 "$hufu" verify input
expect 2 "$hufu" verify input signature.der "${trust[@]}" # whose signature?
expect 3 "$hufu" inspect HUFU:1:ABC
grep -q HF-213 last.err || fail "no HF-213 for a cut code"
mkdir taken && echo mine > taken/note
expect 3 "$hufu" demo --out taken
grep -q HF-652 last.err || fail "no HF-652 for somebody's own folder"
[ "$(ls taken)" = note ] || fail "somebody's own folder was changed"
truncate -s 2M big
expect 3 "$hufu" script run big
grep -q HF-651 last.err || fail "no HF-651 for a file that is too large"
expect 0 "$hufu" inspect sign-cert.pem
expect 0 "$hufu" inspect signature.p7s
expect 0 "$hufu" inspect ciphertext.der
expect 3 "$hufu" inspect opened.txt

# No phone number, no PIN, no activation code in a log.
for word in 739154 284615 "$(grep -oE 'code=[0-9a-f]{32}' stage/*.log | head -n 1 | cut -d= -f2)"; do
    [ -z "$word" ] || ! grep -l -- "$word" stage/*.log || fail "a secret stands in a log"
done
number=$(sed -n 's/.*"phoneNumber": *"\([^"]*\)".*/\1/p' report.json | head -n 1)
[ -n "$number" ] || fail "the report names no phone number to look for"
! grep -l -- "$number" stage/server.log || fail "a phone number stands in the server's log"

"$here/../oracles/verify_with_bouncycastle.sh" "$out"
echo "journey: every proof holds"
