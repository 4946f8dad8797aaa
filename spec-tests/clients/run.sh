#!/usr/bin/env bash
# Other people's WebSocket clients against a running server: ./run.sh PATH/TO/tickwire [CLIENT…]
#
# Needs Node ≥ 20.19, Chromium (/usr/bin/chromium or $CHROMIUM), Python ($PYTHON) with the packages
# of ../requirements.txt, and websocat 1.14 ($WEBSOCAT).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# npm writes node_modules/.package-lock.json last, so its age tells whether the tree is complete.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  npm --prefix "$here" ci --no-progress --loglevel=error
fi

exec node "$here/run.js" "$@"
