#!/usr/bin/env bash
# Lints, types and tests the Python client against the real server, in a virtual environment below .build that is made
# once for each set of pinned requirements. Needs Python 3.10 or later with venv. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${CLIPIA_CHECK_PYTHON:-python3}
state=$("$python" -VV && cat python/requirements-dev.txt)
folder=.build/python-$(printf '%s' "$state" | cksum | cut -d ' ' -f 1)
if [ ! -e "$folder/complete" ]; then
  rm -rf "$folder"
  "$python" -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r python/requirements-dev.txt
  touch "$folder/complete"
fi

bin=$PWD/$folder/bin
cd python
"$bin/ruff" format --quiet --check .
"$bin/ruff" check --quiet .
# The Node that npm installed comes first, as in `npm run`.
PATH="../node_modules/.bin:$PATH" pyright --pythonpath "$bin/python"
"$bin/python" -m pytest "$@"
