#!/usr/bin/env bash
# The scenarios for a client: ./run.sh [OPTION…] DRIVER…, see README.md.
# ./run.sh --self-test: the test of the tests, clients with one fault each that are to be noticed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# npm writes node_modules/.package-lock.json last, so its age tells whether the tree is complete.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  npm --prefix "$here" ci --no-progress --loglevel=error
fi

if [ "${1-}" = --self-test ]; then exec node "$here/self-test.js"; fi
exec node "$here/run.js" "$@"
