import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff, verdict } from '../src/backoff.ts';
import { client, connected, FakeClock, FakeSocket, settled } from './fakes.ts';

const STOP = [1000, 1001, 1002, 1007, 1009, 4400, 4401, 4403, 4406];

test('every close code has its verdict', async () => {
  for (const code of [...STOP, 1006, 1011, 1012, 4408, 4410, 4429, 4430, 4440, 4450, 4999]) {
    const { tw, socket } = await connected();
    socket.end(code, 'why');
    const { state } = tw.connection;
    assert.equal(state.state, STOP.includes(code) ? 'closed' : 'waiting', String(code));
    if (state.state === 'closed') assert.equal(state.code, code);
    if (state.state === 'waiting') {
      const delay = { 4429: 1250, 4430: 1250, 4450: 0 }[code] ?? 250;
      assert.equal(state.delay, delay, String(code));
      assert.equal(state.code, code === 1006 ? undefined : code);
    }
  }
  assert.equal(verdict(undefined), 'reconnect');
});

test('waits grow up to the cap, within full jitter', () => {
  const clock = new FakeClock();
  for (const [chance, expected] of [[0, [0, 0, 0, 0]], [1, [500, 1000, 2000, 3000]]] as const) {
    clock.chance = chance;
    const backoff = new Backoff(clock, { cap: 3000 });
    assert.deepEqual([1, 2, 3, 4].map(() => backoff.next('reconnect')), expected);
    backoff.opened(2999);
    assert.equal(backoff.attempt, 5);
    backoff.opened(3000);
    assert.equal(backoff.attempt, 1);
  }
});

test('what the server told is the least wait', async () => {
  const { tw, socket } = await connected();
  socket.push('shutdown', { reconnect_after_ms: 7000 });
  socket.end(1012);
  assert.deepEqual(tw.connection.state, { state: 'waiting', attempt: 1, delay: 7250, code: 1012, reason: '' });

  const limited = await connected();
  limited.socket.push('error', { code: 'rate_limited', message: '', details: [], retry_after_ms: 5000 });
  await limited.clock.advance(1000);
  limited.socket.end(4429);
  assert.equal((limited.tw.connection.state as { delay: number }).delay, 4250);
});

test('the token is asked for at each attempt and when it expires', async () => {
  let asked = 0;
  const { tw, clock } = client({ token: async () => `t${++asked}` });
  await settled();
  FakeSocket.last.open();
  assert.equal(tw.connection.state.state, 'connecting');
  assert.deepEqual(FakeSocket.last.sent.map(({ type, payload }) => [type, payload]), [['auth', { token: 't1' }]]);
  FakeSocket.last.answer(FakeSocket.last.request('auth'), {});
  assert.equal(tw.connection.state.state, 'open');
  FakeSocket.last.push('token.expiring', {});
  await settled();
  assert.deepEqual(FakeSocket.last.request('auth.refresh').payload, { token: 't2' });
  FakeSocket.last.end(4440);
  await clock.advance(500);
  FakeSocket.last.open();
  assert.deepEqual(FakeSocket.last.request('auth').payload, { token: 't3' });
  FakeSocket.last.answer(FakeSocket.last.request('auth'), { code: 'unauthenticated', message: 'no', details: [] }, 'error');
  const { state, error } = tw.connection.getSnapshot() as { state: string; error?: { code?: string } };
  assert.deepEqual([state, error?.code], ['closed', 'unauthenticated']);
});

test('a token that cannot be had is asked for again later', async () => {
  const errors: unknown[] = [];
  const { tw, clock } = client({ token: () => Promise.reject(new Error('offline')), onError: (error) => errors.push(error) });
  await settled();
  assert.equal(tw.connection.state.state, 'waiting');
  await clock.advance(250);
  assert.equal(errors.length, 2);
  assert.equal(FakeSocket.all.length, 0);
  await tw.close();
});

test('silence is asked about, and then the connection is given up', async () => {
  const { tw, clock, socket } = await connected();
  await clock.advance(59_999);
  assert.equal(socket.sent.length, 0);
  await clock.advance(1);
  socket.answer(socket.request('ping'), {}, 'pong');
  await clock.advance(60_000);
  assert.equal(socket.sent.length, 2);
  await clock.advance(30_000);
  assert.equal(tw.connection.state.state, 'waiting');
  assert.equal(socket.closed, 1000);
});

test('a handshake that was refused for good stops, another one backs off', async () => {
  for (const [status, state] of [[401, 'closed'], [403, 'closed'], [503, 'waiting']] as const) {
    const { tw } = client();
    await settled();
    FakeSocket.last.onerror?.({ message: `Unexpected server response: ${status}` });
    FakeSocket.last.end();
    assert.equal(tw.connection.state.state, state);
    assert.equal((tw.connection.state as { status?: number }).status, status);
  }
});

test('a handshake that hangs is given up', async () => {
  const { tw, clock } = client();
  await clock.advance(15_000);
  assert.equal(tw.connection.state.state, 'waiting');
});

test('a lazy client connects when it is needed, and every client closes', async () => {
  const { tw } = client({ lazy: true });
  await settled();
  assert.deepEqual([FakeSocket.all.length, tw.connection.state.state], [0, 'idle']);
  const answer = tw.history({ name: 'a' });
  await settled();
  assert.deepEqual(FakeSocket.last.protocols, ['tickwire.v1.json']);
  const states: string[] = [];
  tw.connection.onChange(() => states.push(tw.connection.state.state));
  await tw.close();
  await tw.close();
  await assert.rejects(answer, { kind: 'closed' });
  await assert.rejects(tw.history({ name: 'a' }), { kind: 'closed' });
  assert.deepEqual(states, ['closed']);
});

test('without a WebSocket it says what to do', () => {
  const had = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  Reflect.deleteProperty(globalThis, 'WebSocket');
  try {
    assert.throws(() => client({ WebSocket: undefined as never }), /npm install ws/);
  } finally {
    if (had) Object.defineProperty(globalThis, 'WebSocket', had);
  }
});
