#!/usr/bin/env bash
# Tests the Python client: spec-tests/python/run.sh BINARY
#
# Its types, of several contracts and in both checkers; calls that these have to refuse; what it does,
# against a server in the same process and against BINARY; the scenarios of all clients; and the package
# once installed. Needs .venv with spec-tests/requirements.txt, Node, and cargo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
binary=$(realpath "$1")
out=${CARGO_TARGET_DIR:-$root/target}/python-test
python=$root/.venv/bin/python
export PYTHONDONTWRITEBYTECODE=1

rm -rf "$out" && mkdir -p "$out"
cd "$root"
for contract in examples/*.yaml crates/codegen/tests/contracts/*.yaml spec-tests/scenarios/contract.yaml; do
  name=$(basename "$contract" .yaml)
  "$binary" generate python --spec "$contract" --out "$out/$name" >/dev/null
  "$python" -m mypy --strict --cache-dir "$out/mypy" "$out/$name/src"
done

cd "$here"
export MYPYPATH=$root/clients/python/src PYTHONPATH=$root/clients/python/src
"$python" -m mypy --strict --warn-unused-ignores --cache-dir "$out/mypy" . "$MYPYPATH"
"$python" -m pyright --project "$here" --pythonpath "$python"
TICKWIRE=$binary "$python" -m pytest -q -p no:cacheprovider .

PYTHONPATH=$out/contract/src "$root/spec-tests/scenarios/run.sh" "$python" "$here/driver.py"

# An environment that has nothing but the package and what it asks for.
"$python" -m venv "$out/venv"
cp -r "$root/clients/python" "$out/package"
"$out/venv/bin/pip" install --quiet "$out/package"
env -u PYTHONPATH "$out/venv/bin/python" -c 'import tickwire; print("installed:", tickwire.connect("ws://localhost:1/ws"))'
