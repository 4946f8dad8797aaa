#!/usr/bin/env bash
# Generators of other languages on the contract of a running server: ./run.sh URL
#
# Needs javac, go, mcs (Mono's C# compiler) and Python ≥ 3.11 with venv; fetches what npm and PyPI have,
# pinned. The AsyncAPI tools are those of ../official, run by the Node that comes with them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/target/test-tools/languages

for folder in "$here" "$here/../official"; do
  # npm writes node_modules/.package-lock.json last, so its age tells whether the tree is complete.
  if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
    npm --prefix "$folder" ci --no-progress --loglevel=error
  fi
done
if [ ! "$venv/installed" -nt "$here/requirements.txt" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
  touch "$venv/installed"
fi

official=$here/../official/node_modules
case $(uname -m) in
  aarch64 | arm64) platform=linux-arm64 ;;
  *) platform=linux-x64 ;;
esac
export PATH=$official/node-$platform/bin:$venv/bin:$here/node_modules/.bin:$official/.bin:$PATH
exec node "$here/run.js" "$@"
