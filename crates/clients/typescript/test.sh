#!/usr/bin/env bash
# Tests the TypeScript client: crates/clients/typescript/test.sh
#
# The runtime by itself, that dist/ is what its source gives, that the clients of several contracts
# compile in all their forms, the scenarios of all clients, and the committed package once installed.
#
# Needs Node ≥ 20.19, npm and cargo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
out=${CARGO_TARGET_DIR:-$root/target}/clients-test

if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  npm --prefix "$here" ci --no-progress --loglevel=error
fi

cd "$here"
rm -rf build
npx --no-install tsc -p .
node --test build/test/

before=$(cat dist/*)
node tools/bundle.mjs
if [ "$before" != "$(cat dist/*)" ]; then
  echo "crates/clients/typescript/dist differed from a fresh build; commit it" >&2
  exit 1
fi

cd "$root"
rm -rf "$out"
write() {
  cargo run --quiet --package tickwire-clients --example write -- typescript "$1" "$out/$2"
}
write asyncapi.yaml tickwire
write spec-tests/scenarios/contract.yaml scenarios
for contract in examples/*.yaml crates/codegen/tests/contracts/*.yaml; do
  write "$contract" "$(basename "$contract" .yaml)"
done
node "$here/tools/compile.mjs" "$out"/*

spec-tests/scenarios/run.sh node spec-tests/scenarios/drivers/typescript.js "$out/scenarios/package"

# A project that has nothing but the package.
project=$out/project
mkdir -p "$project"
echo '{"type": "module", "private": true}' >"$project/package.json"
(
  cd "$project"
  archive=$(npm pack --silent "$root/clients/typescript")
  npm install --silent --no-audit --no-fund "./$archive"
  node --input-type=module --eval "
    import { connect } from 'tickwire';
    const tw = connect('ws://localhost:1/ws', { offline: { when: 'always' } });
    const { bars } = await tw.barsHistory({ symbol: 'AAPL', resolution: 'D' });
    for await (const trade of tw.trades({ symbol: 'MSFT' })) {
      console.log('the installed package plays', trade.symbol, 'and answers', bars.length, 'bars');
      break;
    }
    await tw.close();
  "
)
