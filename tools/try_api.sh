#!/usr/bin/env bash
# Start a server with a token, and let schemathesis ask it everything that its OpenAPI document
# allows and forbids. Ends with schemathesis's own exit status.
set -euo pipefail
cd "$(dirname "$0")/.."
said=$(mktemp)
.venv/bin/python -m onrecord serve --port 0 --token tried >"$said" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -f "$said"' EXIT
for _ in $(seq 240); do
    grep -q '^Reading at' "$said" && break
    kill -0 "$server" 2>/dev/null || { cat "$said"; exit 1; }
    sleep 0.5
done
address=$(grep -o 'http://[^?]*' "$said" | head -n 1)
out/schemathesis/bin/st run "${address}openapi.json" --header "Authorization: Bearer tried" \
    --max-examples "${EXAMPLES:-10}" --seed 20 --workers 1 --request-timeout 240 \
    --wait-for-schema 60 --no-color
