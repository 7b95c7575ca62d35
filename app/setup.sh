# Sourced by app/run and tests/run: takes a bare Debian 12 to a built tree. Idempotent; quiet unless it fails.
# hufu_install <set...>: the packages of these sets of app/packages.txt.  hufu_build <preset> [cmake options] -- [targets]

hufu_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

hufu_say() { printf '%s\n' "hufu: $*" >&2; }

hufu_packages() {
    local wanted=" $* "
    awk -v wanted="$wanted" '
        /^#/ || /^$/ { next }
        /^\[/ { set = substr($0, 2, length($0) - 2); next }
        index(wanted, " " set " ") { print }' "$hufu_root/app/packages.txt"
}

hufu_install() {
    local missing=() name
    for name in $(hufu_packages "$@"); do
        dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -q '^installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0

    local as=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            hufu_say "these packages are missing, and there is neither root nor sudo to install them. Please run:"
            printf 'apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
            exit 2
        fi
        as=(sudo)
    fi
    hufu_say "installing ${#missing[@]} packages"
    local log
    log=$(mktemp)
    if ! { "${as[@]}" apt-get update && "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        hufu_say "the packages could not be installed; the whole log is in $log"
        exit 2
    fi
    rm -f "$log"
}

hufu_build() {
    # Every word alike, so that none builds anew what another has built.
    local preset=$1 options=(-DHUFU_UNITY=ON) log="$hufu_root/build/$1.log"
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
    [ "${1-}" = -- ] && shift
    mkdir -p "$hufu_root/build"
    command -v ccache >/dev/null && options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    if ! (cd "$hufu_root" && cmake --preset "$preset" "${options[@]}") >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        hufu_say "configuring failed; the whole log is in build/$preset.log"
        exit 1
    fi
    local targets=()
    [ $# -gt 0 ] && targets=(--target "$@")
    # Progress: a line that moves on a terminal, a line each tenth otherwise. The caller's pipefail makes the build's
    # failure the pipeline's.
    if ! (cd "$hufu_root" && cmake --build --preset "$preset" "${targets[@]}" 2>&1) | tee -a "$log" | awk -v tty="$([ -t 2 ] && echo 1 || echo 0)" '
        match($0, /^\[[0-9]+\/[0-9]+\]/) {
            split(substr($0, 2, RLENGTH - 2), n, "/")
            if (tty) { printf "\rhufu: building %d of %d", n[1], n[2] > "/dev/stderr"; shown = 1 }
            else if (int(n[1] * 10 / n[2]) > tenth) { tenth = int(n[1] * 10 / n[2]); printf "hufu: building %d of %d\n", n[1], n[2] > "/dev/stderr" }
        }
        END { if (shown) printf "\n" > "/dev/stderr" }'; then
        grep -E 'error|Error|FAILED|undefined reference' -A 6 "$log" | head -n 60 >&2
        hufu_say "building failed; the whole log is in build/$preset.log"
        exit 1
    fi
}
