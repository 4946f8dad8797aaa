// Opens the pages in Chromium and holds them to what they promise.
//
//   node test/page.mjs BINARY [PART…]
//
// BINARY is the server, `../target/release/tickwire`. Screenshots go to test/artefacts/.
import assert from 'node:assert/strict';
import { connection } from './connection.mjs';
import { dashboard } from './dashboard.mjs';
import { document } from './document.mjs';
import { frames } from './frames.mjs';
import { here, launch } from './harness.mjs';
import { interrupted } from './interrupted.mjs';
import { origins } from './origins.mjs';
import { reading } from './reading.mjs';
import { file, FILES, front, SECURITY_POLICY, serve, start } from './servers.mjs';
import { snippets } from './snippets.mjs';
import { tryIt } from './try-it.mjs';

const PREFIX = '/behind/a/proxy';
const PARTS = { dashboard, interrupted, document, tryIt, frames, connection, snippets, reading };

const [binary, ...wanted] = process.argv.slice(2);
if (binary === undefined) throw new Error('usage: node test/page.mjs BINARY [PART…]');

const contract = here('../../asyncapi.yaml');
const server = await start(binary);
const other = await start(binary, ['--spec', here('../../examples/vehicles.yaml')]);
const servers = {
  real: await front(server.base, PREFIX),
  vehicles: await front(other.base, PREFIX),
  played: await serve(contract, PREFIX),
};
const { check, visit, close } = await launch();
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length === 0 || wanted.includes(name)) await part({ check, ...servers, binary, token: server.token() });
  }
  if (wanted.length === 0 || wanted.includes('origins')) await origins({ visit, binary });
  await assertEmbedded();
} finally {
  await close();
  for (const one of Object.values(servers)) one.stop();
  await Promise.all([server.stop(), other.stop()]);
}

/** The binary has the pages that were tested, and sends them as the tests did. */
async function assertEmbedded() {
  for (const path of Object.keys(FILES)) {
    const response = await fetch(server.base + path);
    const [body, type] = await file(path);
    assert.ok(body.equals(Buffer.from(await response.arrayBuffer())), `${path} of the binary is another: build it again`);
    assert.equal(response.headers.get('content-type'), type);
  }
  for (const path of ['/', '/ws/asyncapi']) {
    const index = await fetch(server.base + path);
    assert.equal(index.headers.get('content-security-policy'), SECURITY_POLICY);
  }
  console.log('ok    the binary has these pages');
}
