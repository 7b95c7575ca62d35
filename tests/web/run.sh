#!/usr/bin/env bash
# Fetches the npm packages once (package-lock.json says which) and runs browser tests: run.sh HUFU-SERVER HUFU-PHONE HUFU HUFU-DESK [FILE...], all without a FILE.
# HUFU_PICTURES=folder keeps a picture of each page. Ends with 77 (skipped) when there is no browser, or no way to the packages;
# with HUFU_WEB_MUST=1, where nothing but these tests is asked for, that is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export HUFU_SERVER=$1 HUFU_PHONE=$2 HUFU=$3 HUFU_DESK=$4

skip() { printf '%s\n' "web: SKIPPED: $1" >&2; [ -z "${HUFU_WEB_MUST:-}" ] || exit 1; exit 77; }
command -v node >/dev/null || skip "there is no node"
command -v npm >/dev/null || skip "there is no npm"
[ -x "${HUFU_CHROMIUM:-/usr/bin/chromium}" ] || skip "there is no Chromium"
files=("${@:5}")
[ ${#files[@]} -gt 0 ] || files=(./*.test.mjs)
exec 9<package-lock.json
flock 9 # several of these run at once
if ! cmp -s package-lock.json node_modules/.hufu-lock; then
    npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1 || { tail -n 5 npm.log >&2; skip "the npm packages could not be fetched"; }
    rm -f npm.log
    cp package-lock.json node_modules/.hufu-lock
fi
exec 9<&-
# The phone and the desk with a display of their own, where there can be one; its number is nobody else's who looks for one at this moment.
if command -v xvfb-run >/dev/null; then
    export HUFU_QT_PLATFORM=xcb
    exec xvfb-run -a -n "$((100 + $$ % 5000))" -s '-screen 0 1600x1000x24' node --test "${files[@]}"
fi
exec node --test "${files[@]}"
