import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected, FakeSocket, settled, type TestClient } from './fakes.ts';

/** Everything that a subscriber hears, in short. */
function heard(topic: ReturnType<TestClient['trades']>): { log: unknown[]; leave: () => void } {
  const log: unknown[] = [];
  const leave = topic.subscribe((_, frame) => log.push(frame.seq), {
    notice: (notice) => log.push(`${notice.notice} ${'reason' in notice ? notice.reason : notice.delay}`),
    end: (error) => log.push(error ? error.constructor.name : 'end'),
  });
  return { log, leave };
}

test('subscribers share a subscription, which ends with the last', async () => {
  const { tw, socket } = await connected();
  const a = heard(tw.trades({ name: 'a' }));
  const b = heard(tw.trades({ name: 'a' }));
  await settled();
  socket.confirm('trades.subscribe', {});
  socket.update('trades:a', 1);
  a.leave();
  a.leave();
  await settled();
  socket.update('trades:a', 2);
  b.leave();
  await settled();
  assert.deepEqual([a.log, b.log], [[1], [1, 2]]);
  assert.deepEqual(socket.sent.map(({ type }) => type), ['trades.subscribe', 'trades.unsubscribe']);
});

test('who leaves and comes back at once is not noticed on the wire', async () => {
  const { tw, socket } = await connected();
  heard(tw.trades({ name: 'a' })).leave();
  heard(tw.trades({ name: 'a' }));
  await settled();
  assert.equal(socket.sent.length, 1);
});

test('after a reconnect everything is asked for in batches, from where it was', async () => {
  const { tw, clock, socket } = await connected();
  for (const name of ['a', 'b', 'c']) heard(tw.trades({ name }, name === 'c' ? { history: 3 } : {}));
  await settled();
  const batches = socket.sent.filter(({ type }) => type === 'subscribe');
  assert.deepEqual(batches.map(({ payload }) => payload.topics.length), [2, 1]);
  socket.answer(batches[0]!, { results: ['a', 'b'].map((name) => ({ topic: `trades:${name}`, status: 'subscribed', message: '', epoch: 'e1', seq: 4 })) }, 'subscription_confirmed');
  socket.update('trades:a', 5);
  socket.end(4410);
  await clock.advance(500);
  FakeSocket.last.open();
  await settled();
  const frames = FakeSocket.last.sent.filter(({ type }) => type === 'subscribe');
  assert.deepEqual(frames.map(({ payload }) => payload), [
    { topics: ['trades:a', 'trades:b'], options: [{ topic: 'trades:a', since: { epoch: 'e1', seq: 5 } }, { topic: 'trades:b', since: { epoch: 'e1', seq: 4 } }] },
    { topics: ['trades:c'], options: [{ topic: 'trades:c', history: 3 }] },
  ]);
});

test('duplicates are dropped, gaps repaired, and in class latest there are none', async () => {
  const { tw, socket } = await connected();
  const trades = heard(tw.trades({ name: 'a' }));
  await settled();
  socket.confirm('trades.subscribe', {});
  for (const seq of [1, 1, 2, 4, 5]) socket.update('trades:a', seq);
  await settled();
  assert.deepEqual(socket.sent.map(({ type }) => type), ['trades.subscribe', 'trades.unsubscribe', 'trades.subscribe']);
  assert.deepEqual(socket.request('trades.subscribe').payload.since, { epoch: 'e1', seq: 2 });
  socket.confirm('trades.subscribe', { seq: 5, recovered: true });
  for (const seq of [3, 4, 5]) socket.update('trades:a', seq);
  assert.deepEqual(trades.log, [1, 2, 3, 4, 5]);
  assert.deepEqual([tw.counters.gaps, tw.counters.duplicates], [1, 1]);

  const quotes = heard(tw.quotes({ name: 'a' }));
  await settled();
  socket.confirm('quotes.subscribe', {});
  for (const seq of [1, 9]) socket.update('quotes:a', seq);
  assert.deepEqual([quotes.log, tw.counters.gaps], [[1, 9], 1]);
});

test('a gap that stays after its repair is declared', async () => {
  const { tw, socket } = await connected();
  const { log } = heard(tw.trades({ name: 'a' }));
  await settled();
  socket.confirm('trades.subscribe', {});
  socket.update('trades:a', 2);
  await settled();
  socket.confirm('trades.subscribe', { recovered: true });
  socket.update('trades:a', 2);
  assert.deepEqual(log, ['not_recovered gap', 2]);
});

test('resets, refusals and what cannot be recovered reach the subscriber', async () => {
  const { tw, clock, socket } = await connected();
  const topic = tw.trades({ name: 'a' });
  const { log } = heard(topic);
  await settled();
  const fail = (retryable: boolean): void =>
    socket.answer(socket.request('trades.subscribe'), { code: 'topic_unavailable', message: '', retryable, retry_after_ms: 2000, details: [] }, 'error');
  fail(true);
  await clock.advance(2250);
  socket.confirm('trades.subscribe', { recovered: false, reason: 'epoch_changed' });
  const reset = { topic: 'trades:a', message: '', epoch: 'e2', seq: 7 };
  socket.push('topic.reset', { ...reset, reason: 'overflow', from: 1, to: 7 });
  socket.update('trades:a', 8);
  socket.push('topic.reset', { ...reset, reason: 'restarted', seq: 0 });
  socket.update('trades:a', 1);
  socket.push('topic.reset', { ...reset, reason: 'revoked' });
  assert.deepEqual(log, ['retrying 2250', 'not_recovered epoch_changed', 'reset overflow', 8, 'reset restarted', 1, 'RevokedError']);

  const refused = heard(topic);
  await settled();
  fail(false);
  assert.deepEqual(refused.log, ['RequestError']);
});

test('who joins a topic of changes late gets the state anew', async () => {
  const { tw, socket } = await connected();
  const first = heard(tw.book({ name: 'a' }));
  await settled();
  socket.confirm('book.subscribe', { seq: 9 });
  socket.update('book:a', 8, {}, 'book.snapshot');
  const late = heard(tw.book({ name: 'a' }));
  await settled();
  assert.deepEqual(socket.sent.map(({ type }) => type), ['book.subscribe', 'book.unsubscribe', 'book.subscribe']);
  assert.equal(socket.request('book.subscribe').payload.since, undefined);
  socket.confirm('book.subscribe', { seq: 9 });
  socket.update('book:a', 8, {}, 'book.snapshot');
  socket.update('book:a', 9);
  assert.deepEqual([first.log, late.log], [[8, 8, 9], [8, 9]]);
});

test('the state is an object of its own until it changes', async () => {
  const { tw, socket } = await connected();
  const topic = tw.quotes({ name: 'a' }, { since: { epoch: 'e1', seq: 3 } });
  assert.equal(topic.state.status, 'idle');
  let changes = 0;
  const leave = topic.onChange(() => (changes += 1));
  await settled();
  assert.deepEqual(socket.request('quotes.subscribe').payload.since, { epoch: 'e1', seq: 3 });
  socket.confirm('quotes.subscribe', { recovered: true });
  socket.update('quotes:a', 4, { bid: 1 });
  const state = topic.getSnapshot();
  assert.equal(state, topic.getSnapshot());
  assert.deepEqual([state.status, state.data, state.position], ['live', { bid: 1 }, { epoch: 'e1', seq: 4 }]);
  socket.end();
  assert.deepEqual([topic.state.status, topic.state.data], ['stale', { bid: 1 }]);
  assert.equal(changes, 3);
  leave();
});

test('an iterator keeps the newest of each key, or ends when it is read too slowly', async () => {
  const { tw, socket } = await connected();
  const quotes = tw.quotes({ name: 'a' }).items({ buffer: 2 });
  const trades = tw.trades({ name: 'a' }).items({ buffer: 2 });
  await settled();
  socket.answer(socket.request('subscribe'), { results: ['quotes:a', 'trades:a'].map((topic) => ({ topic, status: 'subscribed', message: '', epoch: 'e1', seq: 0 })) }, 'subscription_confirmed');
  for (const [seq, key] of [[1, 'x'], [2, 'y'], [3, 'x'], [4, 'z']] as const) socket.update('quotes:a', seq, { key, seq });
  for (const seq of [1, 2, 3]) socket.update('trades:a', seq);
  assert.deepEqual([(await quotes.next()).value, (await quotes.next()).value], [{ key: 'x', seq: 3 }, { key: 'z', seq: 4 }]);
  assert.deepEqual([(await trades.next()).value, (await trades.next()).value], [{ n: 1 }, { n: 2 }]);
  await assert.rejects(trades.next(), { kind: 'overflow' });
  assert.equal((await trades.next()).done, true);
  await settled();
  assert.equal(socket.sent.at(-1)?.type, 'trades.unsubscribe');
});

test('a loop that breaks leaves, and one over a closed client ends', async () => {
  const { tw, socket } = await connected();
  const seen: unknown[] = [];
  const loop = (async () => {
    for await (const trade of tw.trades({ name: 'a' })) {
      seen.push(trade);
      if (seen.length === 2) break;
    }
  })();
  await settled();
  socket.confirm('trades.subscribe', {});
  socket.update('trades:a', 1);
  socket.update('trades:a', 2);
  await loop;
  await settled();
  assert.deepEqual([seen, socket.sent.at(-1)?.type], [[{ n: 1 }, { n: 2 }], 'trades.unsubscribe']);
  const events = tw.trades({ name: 'b' }).events();
  await tw.close();
  assert.equal((await events.next()).done, true);
});

test('events are frames and notices in their order', async () => {
  const { tw, socket } = await connected();
  const events = tw.book({ name: 'a' }).events();
  await settled();
  socket.confirm('book.subscribe', {});
  socket.update('book:a', 1, {}, 'book.snapshot');
  socket.push('topic.reset', { topic: 'book:a', reason: 'restarted', message: '', epoch: 'e2', seq: 0 });
  const types = [(await events.next()).value, (await events.next()).value].map((event) => (event as { type: string }).type);
  assert.deepEqual(types, ['book.snapshot', 'notice']);
});

test('parameters that break the contract throw where the topic is made', async () => {
  const { tw } = await connected();
  assert.throws(() => tw.trades({ name: 'A' }), (error: any) => error.kind === 'invalid' && error.details[0].pointer === '/payload/name');
});
