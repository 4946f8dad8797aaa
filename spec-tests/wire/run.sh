#!/usr/bin/env bash
# The contract against a running server: ./run.sh PATH/TO/tickwire [PART OF A CHECK'S NAME]
# First the tests of the tests: a mock server with one fault at a time, each to be noticed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# npm writes node_modules/.package-lock.json last, so its age tells whether the tree is complete.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  npm --prefix "$here" ci --no-progress --loglevel=error
fi

node "$here/self-test.js"
exec node "$here/run.js" "$@"
