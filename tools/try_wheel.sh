#!/usr/bin/env bash
# Build the wheel twice, byte for byte the same, install it with its locked dependencies into an empty environment,
# and check an article there from another folder, with the network made unusable.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
python=${PYTHON:-python3}
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT

.venv/bin/python -m build --wheel --no-isolation --outdir "$empty/dist" . >/dev/null
wheel=$(ls "$empty"/dist/*.whl)
# The second from a copy at another place, with files of another age and another umask.
git ls-files -z | xargs -0 cp -a --parents -t "$(mkdir -p "$empty/copy" && echo "$empty/copy")"
find "$empty/copy" -exec touch -d 2020-02-02 {} +
(umask 077 && .venv/bin/python -m build --wheel --no-isolation --outdir "$empty/again" "$empty/copy" >/dev/null)
cmp "$wheel" "$empty"/again/*.whl
echo "two builds, the same bytes: $(sha256sum "$wheel" | cut -c 1-16)"
"$python" -m venv --without-pip "$empty/venv"
"$python" -m pip --python "$empty/venv/bin/python" install --quiet --disable-pip-version-check \
    --require-hashes -r requirements/runtime.txt
"$python" -m pip --python "$empty/venv/bin/python" install --quiet --disable-pip-version-check \
    --no-deps "$wheel"

cp examples/lighthouse-exclusive.txt "$empty/story.txt"
cd "$empty"
# Any attempt to reach a network would go to a proxy that isn't there.
export http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 HF_HUB_OFFLINE=1
venv/bin/onrecord --version
venv/bin/onrecord check story.html 2>/dev/null && { echo "a missing file went unnoticed"; exit 1; }
venv/bin/onrecord check story.txt --format concise --exit-zero
venv/bin/onrecord check story.txt --format html -o page.html --exit-zero
test -s page.html
venv/bin/python - <<'PY'
import json, subprocess, sys
out = subprocess.run([sys.executable, "-m", "onrecord", "analyse", "story.txt", "--format", "jsonl"],
                     capture_output=True, text=True, check=True).stdout
analysis = json.loads(out)
assert analysis["attributions"], "no attribution found"
print(f"{len(analysis['attributions'])} attributions by {analysis['model']['name']}")
PY
ls -l "$wheel" | awk '{printf "wheel: %.1f MB\n", $5 / 1e6}'
