#!/bin/sh
# Builds the page, checks that the committed web/dist is what its source gives, and tests it in
# Chromium: alone, or against a running server.
#
#   web/test/run.sh [BASE_URL]
#
# Needs Node ≥ 20.19 and Chromium (/usr/bin/chromium, or $CHROMIUM).
set -eu
cd "$(dirname "$0")/.."

if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts
  cp package-lock.json node_modules/.installed-lock
fi

npm run build

# Also a file that the build has added, or no longer makes.
stale=$(git status --porcelain -- dist)
if [ -n "$stale" ]; then
  echo "web/dist differs from a fresh build; commit it:" >&2
  echo "$stale" >&2
  exit 1
fi

node test/page.mjs "$@"
