#!/usr/bin/env bash
# Takes over into the corpus what `tests/run fuzz` has found and what reaches code that nothing there reaches: tests/fuzz/merge.sh [NAME...].
# The corpus is replayed with all that lies beside each input, so only edges count here, not how often they are taken; an input longer
# than 2,000 bytes stays out, and so does what is more than 40 inputs of a target.
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
tree=$root/build/fuzz
most=40
if [ $# -eq 0 ]; then
    mapfile -t names < <("$tree/tests/hufu_fuzz_corpus" list)
    set -- "${names[@]}"
fi
for name; do
    corpus=$root/tests/fuzz/corpus/$name found=$tree/found/$name
    [ -d "$found" ] || continue
    work=$(mktemp -d)
    mkdir "$work/few" "$work/all"
    cp "$corpus"/* "$work/all"
    find "$found" -type f -size -2001c -exec ln -s -t "$work/few" {} +
    "$tree/tests/hufu_fuzz" "$name" -set_cover_merge=1 -use_counters=0 "$work/all" "$work/few" >"$found.merge.log" 2>&1
    taken=0
    for file in "$work/all"/*; do
        base=$(basename "$file")
        [ ! -e "$corpus/$base" ] && [ "$taken" -lt "$most" ] || continue
        cp "$file" "$corpus/${base:0:16}" # as short as the seeds' names
        taken=$((taken + 1))
    done
    rm -r "$work"
    [ "$taken" = 0 ] || echo "$name: $taken more"
done
