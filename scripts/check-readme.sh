#!/usr/bin/env bash
# Runs the README's commands as written: starts the server with `npm start` on a free port and a new data folder, then
# the curl lines, and checks that a picture comes out.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
export CLIPIA_DATA_DIR="$folder/data" CLIPIA_PORT=0
# A process group of its own, so that the server behind npm ends too.
set -m
npm start >"$folder/out" 2>"$folder/err" &
server=$!
set +m
trap 'kill -- -$server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT

until grep -qs 'Clipia serves' "$folder/out"; do
  kill -0 $server || { cat "$folder/err"; exit 1; }
  sleep 0.1
done
url=$(grep -o 'http://127.0.0.1:[0-9]*' "$folder/out" | head -n 1)
CLIPIA_KEY=$(grep -o 'clipia_live_[0-9A-Za-z]*' "$CLIPIA_DATA_DIR/first-start.txt" | head -n 1)
export CLIPIA_KEY

# The README's own lines, with the port of this run.
awk '/^<!-- commands -->/{on=1; next} /^<!-- end -->/{on=0} on && !/^```/' README.md |
  sed "s#http://127.0.0.1:3000#$url#g" >"$folder/commands.sh"
grep -q curl "$folder/commands.sh"
(cd "$folder" && bash -euo pipefail commands.sh | tee answers)
grep -q '"status":"COMPLETED"' "$folder/answers"
head -c 8 "$folder/picture.png" | grep -q PNG
echo "the README's commands work"
