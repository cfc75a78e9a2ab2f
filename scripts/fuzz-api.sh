#!/usr/bin/env bash
# Calls every operation of the API and of the console with what its description allows, and what it does not, against a
# real process: no answer may be a 5xx, or a status, type, header or body that is not described. schemathesis runs in a
# virtual environment below .build that is made once for each set of pinned requirements. Seeded, a minute or two; a
# longer run: CLIPIA_FUZZ_EXAMPLES=500 CLIPIA_FUZZ_SEED=7 scripts/fuzz-api.sh
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
PATH="$here/node_modules/.bin:$PATH"

python=${CLIPIA_CHECK_PYTHON:-python3}
examples=${CLIPIA_FUZZ_EXAMPLES:-15}
seed=${CLIPIA_FUZZ_SEED:-1}
# The server refuses settings it does not know.
unset CLIPIA_CHECK_PYTHON CLIPIA_FUZZ_EXAMPLES CLIPIA_FUZZ_SEED
state=$("$python" -VV && cat scripts/fuzz/requirements.txt)
venv=.build/fuzz-$(printf '%s' "$state" | cksum | cut -d ' ' -f 1)
if [ ! -e "$venv/complete" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r scripts/fuzz/requirements.txt
  touch "$venv/complete"
fi

folder=$(mktemp -d)
export CLIPIA_DATA_DIR="$folder/data" CLIPIA_PORT=0
node packages/cli/bin/clipia.mjs serve >"$folder/out" 2>"$folder/err" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT
until grep -qs 'Clipia serves' "$folder/out"; do
  kill -0 $server || { cat "$folder/err"; exit 1; }
  sleep 0.1
done
url=$(grep -o 'http://127.0.0.1:[0-9]*' "$folder/out" | head -n 1)

# A key of the sandbox, so that nothing is rendered, which no rate stops; and an owner in the console.
account=$(clipia admin accounts list --json | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | head -n 1)
key=$(clipia admin keys create --account "$account" --mode test --rpm 1000000 --json | grep -o 'clipia_test_[0-9A-Za-z]*')
token=$(clipia admin sign-in-link --json | grep -o '#[^"]*' | cut -c 2-)
begin() { # begin <path> <body>: prints the cookie of the session that begins
  curl -sSf -D - -o "$folder/session" -H "Origin: $url" --json "$2" "$url/console/v1/$1" |
    grep -i '^set-cookie:' | sed 's/^[^:]*: *//; s/;.*//' | tr -d '\r'
}
sign_in() { begin sign-in '{"email":"owner@example.com","password":"correct horse"}'; }
cookie=$(begin links/redeem '{"token":"'$token'","email":"owner@example.com","name":"Olga","password":"correct horse"}')
# Before anybody has tried to sign in too often: sessions for what ends them, and one to be ended.
ending=$(sign_in)
leaving=$(sign_in)
sign_in >"$folder/cookie"
ended=$(grep -oE '"session_id":"[^"]*"' "$folder/session" | cut -d '"' -f 4)

# Something of each kind that ids can lead to: a request with a webhook that goes nowhere, and a key.
request=$(curl -sSf -H "Authorization: Bearer $key" "$url/v1/models/canvas-1" \
  -d '{"input":{"prompt":"A lighthouse"},"webhook_url":"https://hooks.invalid/"}' | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | head -n 1)
delivery=$(curl -sSf -H "Authorization: Bearer $key" "$url/v1/deliveries" | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | head -n 1)
made=$(clipia admin keys create --account "$account" --mode test --json | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | head -n 1)
# The first argument is the cookie of a session, which must still be one.
is_signed_in() { curl -sSf -o "$folder/session" -H "Cookie: $1" "$url/console/v1/session"; }

fuzz() {
  local group=$1
  shift
  node scripts/fuzz/describe.ts "$group" "$url" "$request" "$delivery" "$made" "$ended" >"$folder/$group.json"
  (cd "$folder" && "$here/$venv/bin/schemathesis" run "$group.json" --url "$url" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,allow_header_conformance \
    --phases examples,coverage,fuzzing --max-examples "$examples" --seed "$seed" \
    --generation-database none --request-timeout 35 --warnings off --continue-on-failure --no-color "$@")
}
failed=0
fuzz api -H "Authorization: Bearer $key" || failed=1
# Whatever else is said, with an id that is none: without it a stream would begin, and never end.
fuzz endless --mode positive -H "Authorization: Bearer $key" || failed=1
fuzz console -H "Cookie: $cookie" -H "Origin: $url" || failed=1
is_signed_in "$cookie"
fuzz endSession -H "Cookie: $ending" -H "Origin: $url" || failed=1
fuzz signOut -H "Cookie: $leaving" -H "Origin: $url" || failed=1
is_signed_in "$cookie"

# Whatever was sent: the process is well, and the books are right.
curl -sSf -o "$folder/ready" "$url/readyz"
clipia admin audit
if grep -E '"level":[5-9][0-9]' "$folder/err"; then
  echo "the server logged errors"
  failed=1
fi
exit $failed
