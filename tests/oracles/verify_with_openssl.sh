#!/usr/bin/env bash
# The verdict of OpenSSL's command line on sign-cert.pem, signature.der and input in a folder.
# Exit 0: verified, and refused with another id and another input; 1: not; 2: wrong use.
set -euo pipefail
[ $# -eq 1 ] && [ -d "$1" ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

verifies() { # id, input
    openssl dgst -sm3 -verify "$work/key.pem" -sigopt "distid:$1" -signature "$folder/signature.der" "$2" >"$work/said" 2>&1
}

folder=$1
openssl x509 -in "$folder/sign-cert.pem" -noout -pubkey >"$work/key.pem"
verifies 1234567812345678 "$folder/input" || { cat "$work/said"; echo "FAIL signature.der over input"; exit 1; }
echo "ok   signature.der over input, id 1234567812345678"
cp "$folder/input" "$work/changed"
printf x >>"$work/changed"
! verifies 1234567812345678 "$work/changed" || { echo "FAIL signature.der fits a changed input"; exit 1; }
! verifies 8765432187654321 "$folder/input" || { echo "FAIL signature.der fits another id"; exit 1; }
echo "ok   signature.der does not fit a changed input or another id"
