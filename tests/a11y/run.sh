#!/usr/bin/env bash
# The phone by AT-SPI alone: run.sh FOLDER-OF-THE-PROGRAMS. A display, a session bus and an accessibility bus of its own. What is missing is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
fail() { printf 'a11y: %s\n' "$1" >&2; exit 1; }
for command in xvfb-run dbus-run-session; do
    command -v "$command" >/dev/null || fail "there is no $command: app/packages.txt says which packages the tests need"
done
[ -x /usr/libexec/at-spi-bus-launcher ] || fail "there is no at-spi2-core"
/usr/bin/python3 -B -c 'import gi; gi.require_version("Atspi", "2.0"); from gi.repository import Atspi' || fail "there is no python3-gi or no gir1.2-atspi-2.0"

export QT_QPA_PLATFORM=xcb QT_ACCESSIBILITY=1 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 LANG=C.UTF-8
XDG_RUNTIME_DIR=$(mktemp -d)
export XDG_RUNTIME_DIR
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
xvfb-run -a -s '-screen 0 1600x1000x24 -noreset' dbus-run-session -- /usr/bin/python3 -B test_phone.py "$1"
