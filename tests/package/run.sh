#!/usr/bin/env bash
# The package of the desktop client, tried as a bidder gets it: installed into a bare Debian 12, where nothing of the build is, and
# started there. run.sh BUILD-FOLDER. Needs root, debootstrap and a mirror; without them the package is made and looked at only.
set -euo pipefail
build=$1
say() { printf 'package: %s\n' "$1" >&2; }

(cd "$build" && rm -f hufu-desk_*.deb && cpack -G DEB >cpack.log 2>&1) || { tail -n 20 "$build/cpack.log" >&2; exit 1; }
package=$(ls "$build"/hufu-desk_*.deb)
inside=$(dpkg-deb --contents "$package")
grep -q ' ./usr/bin/hufu-desk$' <<<"$inside" || { say "the program is not in it"; exit 1; }
[ "$(grep -c ' ./usr/bin/.' <<<"$inside")" = 2 ] || { say "other programs are in it"; exit 1; }
# Not grep -q behind a pipe: it goes at its first match, and whoever still writes then is taken for a failure.
dpkg-deb --field "$package" Depends | grep 'libqt6pdf6' >/dev/null || { say "the pages of a PDF cannot be drawn: libqt6pdf6 is not asked for"; exit 1; }
say "$(basename "$package"), $(stat -c %s "$package") bytes, SM3 $(openssl dgst -sm3 -r "$package" | cut -d' ' -f1)"

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    say "SKIPPED: the bare root needs root and debootstrap"
    exit 77
fi
root=$(mktemp -d)
leave() { umount "$root/proc" 2>/dev/null || true; rm -rf --one-file-system "$root"; }
trap leave EXIT
mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$build/debootstrap.log" 2>&1 ||
    { tail -n 5 "$build/debootstrap.log" >&2; say "SKIPPED: no bare root"; exit 77; }
mount -t proc proc "$root/proc"
cp "$package" "$root/root/"
chroot "$root" apt-get update >"$build/package-install.log" 2>&1
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "./root/$(basename "$package")" >>"$build/package-install.log" 2>&1 ||
    { tail -n 20 "$build/package-install.log" >&2; exit 1; }

inside() { chroot "$root" env QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software LC_ALL=C.UTF-8 HOME=/root "$@"; }
inside hufu-desk --version
inside ldd /usr/bin/hufu-desk | grep 'libQt6Pdf.so.6 => /' >/dev/null || { say "Qt PDF is not there"; exit 1; }
# As a bidder has it, without a link: its window stands and asks for one, and none of its modules is missing. So it is where an operator has
# laid the link, or something that is none.
stays() {
    local status=0
    inside timeout 20 hufu-desk-start --loopback off 2>"$build/package-start.log" || status=$?
    [ "$status" = 124 ] || { cat "$build/package-start.log" >&2; say "it did not stay: $status"; exit 1; }
    if grep -iE 'qml|module|plugin' "$build/package-start.log"; then say "something is missing"; exit 1; fi
}
stays
[ ! -e "$root/root/.local/share/hufu-desk/SECURE_ELEMENT" ] || { say "it made a desk before it knew its server"; exit 1; }
mkdir -p "$root/etc/hufu"
echo "not a link" >"$root/etc/hufu/desk-link"
stays
echo "hufu://desk?host=127.0.0.1&port=9&pin=$(printf '0%.0s' $(seq 64))" >"$root/etc/hufu/desk-link"
stays
[ -e "$root/root/.local/share/hufu-desk/SECURE_ELEMENT" ] || { say "it made no desk with its link"; exit 1; }
say "installed and started in a bare Debian 12"
