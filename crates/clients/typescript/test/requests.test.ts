import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, connected, FakeSocket, settled } from './fakes.ts';

test('answers find their requests in any order', async () => {
  const { tw, socket } = await connected();
  const [a, b] = [tw.history({ name: 'a' }), tw.history({ name: 'b' })];
  const [first, second] = socket.sent;
  socket.answer(second!, 2);
  socket.answer(second!, { n: 2 });
  socket.answer(first!, { n: 1 });
  await assert.rejects(b, { kind: 'invalid_answer' });
  assert.deepEqual(await a, { n: 1 });
});

test('an error is typed', async () => {
  const { tw, socket } = await connected();
  const answer = tw.history({ name: 'a' });
  const details = [{ pointer: '/payload/name', message: 'no' }];
  socket.answer(socket.request('history'), { severity: 'system_error', code: 'unavailable', message: 'later', retryable: true, retry_after_ms: 5, details }, 'error');
  await assert.rejects(answer, { name: 'RequestError', kind: 'error', code: 'unavailable', severity: 'system_error', retryable: true, retryAfter: 5, details });
});

test('time and signals end a request', async () => {
  const { tw, clock, socket } = await connected({ timeout: 1000 });
  const slow = tw.history({ name: 'a' });
  const long = tw.history({ name: 'b' }, { timeout: 5000 });
  const abort = new AbortController();
  const given = tw.history({ name: 'c' }, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(given, { message: 'enough' });
  await assert.rejects(tw.history({ name: 'c' }, { signal: abort.signal }), { message: 'enough' });
  const late = assert.rejects(slow, { kind: 'timeout' });
  await clock.advance(1000);
  await late;
  socket.answer(socket.sent[0]!, { late: true });
  socket.answer(socket.sent[1]!, { n: 2 });
  assert.deepEqual([await long, tw.counters.unknownTypes, tw.counters.invalidFrames], [{ n: 2 }, 0, 0]);
});

test('what was sent fails with the connection, what was not waits for the next', async () => {
  const { tw, clock, socket } = await connected();
  const sent = tw.history({ name: 'a' });
  socket.end();
  await assert.rejects(sent, { kind: 'connection_lost' });
  const waiting = tw.history({ name: 'b' });
  await clock.advance(500);
  FakeSocket.last.open();
  FakeSocket.last.answer(FakeSocket.last.request('history'), { n: 2 });
  assert.deepEqual(await waiting, { n: 2 });
  const { tw: never, clock: time } = client();
  const hopeless = assert.rejects(never.history({ name: 'a' }), { kind: 'timeout' });
  await time.advance(10_000);
  await hopeless;
});

test('frames that break the contract are not sent', async () => {
  const { tw, socket } = await connected();
  await assert.rejects(tw.history({ name: '' }), { kind: 'invalid' });
  await assert.rejects(tw.request('histroy', {}), { kind: 'invalid' });
  // Larger than the server's max_frame_bytes.
  await assert.rejects(tw.history({ name: 'a'.repeat(2000) }), { kind: 'invalid', details: [] });
  assert.equal(socket.sent.length, 0);
});

test('what is not understood is counted, and the connection lives', async () => {
  const invalid: string[] = [];
  const { tw, socket } = await connected({ onInvalidFrame: (error) => invalid.push(error.message) });
  socket.frame({ type: 'news.update', payload: {} });
  socket.onmessage?.({ data: 'not json' });
  socket.onmessage?.({ data: '[]' });
  socket.frame({ type: 'trades.update', payload: {} });
  socket.frame({ type: 'error', payload: {} });
  assert.deepEqual([tw.counters.unknownTypes, tw.counters.invalidFrames, invalid.length], [1, 4, 4]);
  assert.equal(tw.connection.state.state, 'open');
});

test('pushes reach who listens, and an error of one does not stop the others', async () => {
  const { tw, socket } = await connected();
  const told: unknown[] = [];
  const leave = tw.on('system_alert', (payload, frame) => told.push([payload, (frame as { type: string }).type]));
  socket.push('system_alert', { n: 1 });
  leave();
  socket.push('system_alert', { n: 2 });
  assert.deepEqual(told, [[{ n: 1 }, 'system_alert']]);
});

test('offline, examples answer and play until there is a server', async () => {
  const { tw, clock } = client({ offline: { interval: 100 } });
  await settled();
  FakeSocket.last.end();
  assert.deepEqual(await tw.history({ name: 'b' }), { seventh: true });
  assert.deepEqual(await tw.history({ name: 'c' }), { first: true });
  const log: unknown[] = [];
  tw.book({ name: 'a' }).subscribe((item) => log.push([item.type, item.seq, item.payload.name]), { notice: ({ notice }) => log.push(notice) });
  await clock.advance(150);
  assert.deepEqual(log, [['book.snapshot', 1, 'a'], ['book.update', 2, 'a']]);
  await clock.advance(500);
  FakeSocket.last.open();
  await settled();
  assert.equal(log.at(-1), 'reset');
  assert.deepEqual(FakeSocket.last.request('book.subscribe').payload, { name: 'a' });
});

test('offline for good, functions take the examples\' place', async () => {
  const { tw, clock } = client({
    offline: {
      when: 'always',
      update: ({ name, params }, n) => (n < 2 ? { payload: { name, ...params, n } } : undefined),
      answer: (type, payload) => ({ type, payload }),
    },
  });
  assert.deepEqual([tw.connection.state.state, FakeSocket.all.length], ['offline', 0]);
  assert.deepEqual(await tw.history({ name: 'b' }), { type: 'history', payload: { name: 'b' } });
  const trades: unknown[] = [];
  tw.trades({ name: 'a' }).subscribe((trade) => trades.push(trade.n));
  await clock.advance(5000);
  assert.deepEqual(trades, [0, 1]);
});
