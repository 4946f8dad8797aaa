// The client that a server hands out, against that server: node test/real.mjs BINARY
//
// What is downloaded is what is tested, so this also shows that a download is an installation.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import WebSocket from 'ws';
import { Server } from '../../../../spec-tests/wire/server.js';

const binary = process.argv[2];
if (binary === undefined) throw new Error('usage: node test/real.mjs BINARY');

const SECRET = { TICKWIRE_JWT_SECRET: 'a-secret-of-this-test-0123456789abcdef' };
const REPLAY = ['--replay-day', '5s'];
const SYNTHETIC = ['--source', 'synthetic', '--symbols', '1', '--rate', '200'];
const PATIENCE_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'tickwire-client-'));
setTimeout(() => {
  console.error('it takes too long');
  process.exit(1);
}, PATIENCE_MS * 3).unref();

/** Runs `body` with a server of these flags, and the client that it hands out. */
async function check(name, flags, body) {
  const server = await Server.start(binary, flags, { env: SECRET });
  try {
    const response = await fetch(`${server.base}/ws/clients/typescript.js`);
    const file = /filename="([^"]+)"/.exec(response.headers.get('content-disposition'))[1];
    assert.equal(file, 'tickwire.js');
    const path = join(folder, `${server.host.replace(':', '-')}.mjs`);
    writeFileSync(path, await response.text());
    const client = await import(pathToFileURL(path));
    const open = (options) =>
      client.connect(`ws://${server.host}/ws`, { WebSocket, validateIncoming: true, ...options });
    await body({ server, client, open });
    console.log(`  ok  ${name}`);
  } finally {
    await server.stop();
  }
}

/** The first `count` of what is iterated. */
async function take(iterable, count) {
  const taken = [];
  for await (const item of iterable) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

await check('a topic by loop, by callback and as a state', REPLAY, async ({ open }) => {
  const tw = open();
  const bars = tw.bars({ symbol: 'AAPL', resolution: '1' });
  for (const bar of await take(bars, 3)) assert.deepEqual([bar.symbol, bar.resolution], ['AAPL', '1']);
  await new Promise((seen) => {
    const leave = bars.subscribe((bar, frame) => {
      assert.equal(frame.type, 'bars.update');
      assert.equal(frame.topic, 'bars:AAPL:1');
      assert.equal(typeof bar.close, 'number');
      leave();
      seen();
    });
  });
  await new Promise((seen) => {
    const leave = bars.onChange(() => {
      if (bars.state.data === undefined) return;
      assert.equal(bars.state.data.symbol, 'AAPL');
      leave();
      seen();
    });
  });
  await tw.close();
});

await check('requests, and what is refused', REPLAY, async ({ open, client }) => {
  const tw = open();
  const { bars } = await tw.barsHistory({ symbol: 'AAPL', resolution: 'D', from: 1199145600000, to: 1199404800000 });
  assert.deepEqual(bars.map((bar) => bar.close), [194.84, 194.93]);
  await assert.rejects(tw.barsHistory({ symbol: 'NOBODY' }), (error) => {
    assert.ok(error instanceof client.RequestError);
    assert.deepEqual([error.code, error.retryable], ['unknown_symbol', false]);
    return true;
  });
  await assert.rejects(tw.barsHistory({ symbol: 'lower case' }), client.InvalidFrameError);
  await tw.close();
});

await check('an order book is a state and its changes', SYNTHETIC, async ({ open }) => {
  const tw = open();
  const frames = await take(tw.orderbook({ symbol: 'SYN0001' }), 4);
  assert.deepEqual(frames.map((frame) => frame.type), ['orderbook.snapshot', ...Array(3).fill('orderbook.update')]);
  await tw.close();
});

await check('a token makes a user, and a bad one is the end', [], async ({ open, client }) => {
  const issue = () =>
    execFileSync(binary, ['token', '--sub', 'alice'], { env: { ...process.env, ...SECRET }, encoding: 'utf8' }).trim();
  const tw = open({ token: issue });
  const { principal } = await tw.getStatus({});
  assert.deepEqual([principal.kind, principal.sub], ['user', 'alice']);
  await tw.close();
  const other = open({ token: () => 'nonsense' });
  await assert.rejects(other.getStatus({}), client.TickwireError);
  await other.close();
});

await check('a restart is survived, and the loss told', SYNTHETIC, async ({ server, open, client }) => {
  const tw = open({ backoff: { base: 50, cap: 200 } });
  let restarted;
  try {
    let updates = 0;
    let told = false;
    for await (const event of tw.trades({ symbol: 'SYN0001' }).events()) {
      if (event.type === 'trades.update') updates += 1;
      // The streams of another process are others: nothing of the old ones can be had.
      else told ||= client.startsOver(event);
      if (updates === 3 && restarted === undefined) {
        await server.stop();
        restarted = await Server.start(binary, SYNTHETIC, { listen: server.host, env: SECRET });
        updates = 100;
      }
      if (told && updates > 102) break;
    }
  } finally {
    await tw.close();
    await restarted?.stop();
  }
});

rmSync(folder, { recursive: true });
