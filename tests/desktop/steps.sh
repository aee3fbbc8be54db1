# What the tests on a desktop have in common. They are called with the program and a folder for their pictures.
set -euo pipefail
coach=$1 folder=$2 data=$XDG_DATA_HOME/coach local=$HOME/.local/state/coach
trap 'echo "$0: line $LINENO" >&2; cat "$HOME/said" "$DAEMON_LOG" >&2' ERR

await() {
    for _ in $(seq 600); do "$@" && return; sleep 0.05; done
    echo "$0: this did not come: $*" >&2
    return 1
}

remind() {
    "$coach" notify "$@" > "$HOME/said" 2>&1 &
    running=$!
}

displayed() {
    [ "$(dunstctl count displayed)" = "$1" ]
}

another_card() {
    grep -q 'swaps = 1' "$data/state.toml"
}

ended() {
    ! kill -0 "$running" 2> /dev/null
}

ended_well() {
    await ended
    wait "$running"
    [ ! -s "$HOME/said" ]
}

marked_done() {
    grep -q 'answer = { value = "done"' "$data/state.toml"
    grep -q 'outcome = "done"' "$local/deliveries.toml"
}

# card_of_ones_own TEXT: a card with letters that markup would take for its own is today's.
card_of_ones_own() {
    mkdir -p "$data/packs"
    cat > "$data/packs/mine.toml" << CARD
[[prompt]]
id = "tea"
strategy = "glow-up"
title = "Tea & <i>cake</i>"
do = "$1"
why = "A quiet meal does no harm on a long day."
sources = []
minutes = 5
energy = 1
contact = "none"
modes = "all"
follow_up = "How was it?"
CARD
    "$coach" today > "$HOME/card"
    sed -i 's|^\(pick = { prompt = "\)[^"]*"|\1glow-up/tea"|' "$data/state.toml"
}
