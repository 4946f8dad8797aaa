import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { incoming } from './encoding';
import { Waiting } from './waiting';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answer = (msg_id: string, type = 'pong') => incoming(JSON.stringify({ type, msg_id }));

test('each request gets its own answer, and how long it took', async () => {
  const waiting = new Waiting();
  const [first, second] = [waiting.begin(false), waiting.begin(true)];
  vi.advanceTimersByTime(40);
  expect(waiting.answer(answer(second.msg_id))).toBe(true);
  expect(waiting.answer(answer(first.msg_id, 'error'))).toBe(false);
  expect(await first.outcome).toMatchObject({ kind: 'error', ms: 40 });
  expect(await second.outcome).toMatchObject({ kind: 'reply', ms: 40 });
});

test('what nobody asked for is nobody’s answer', () => {
  expect(new Waiting().answer(answer('x'))).toBe(false);
});

test('an answer that never comes is given up', async () => {
  const waiting = new Waiting();
  const { msg_id, outcome } = waiting.begin(true);
  vi.advanceTimersByTime(30_000);
  expect(await outcome).toEqual({ kind: 'lost', message: 'no answer within 30 s' });
  expect(waiting.answer(answer(msg_id)), 'too late').toBe(false);
});

test('all are told when the connection ends', async () => {
  const waiting = new Waiting();
  const outcomes = [waiting.begin(false).outcome, waiting.begin(false).outcome];
  waiting.end('gone');
  expect(await Promise.all(outcomes)).toEqual(Array(2).fill({ kind: 'lost', message: 'gone' }));
  expect(vi.getTimerCount()).toBe(0);
});

test('an error that knows no request is that of the only one', async () => {
  const waiting = new Waiting();
  const ping = waiting.begin(true);
  const asked = waiting.begin(false);
  expect(waiting.answer(answer('unknown')), 'no error').toBe(false);
  waiting.answer(answer('unknown', 'error'));
  expect(await asked.outcome).toMatchObject({ kind: 'error' });
  expect(waiting.answer(answer(ping.msg_id))).toBe(true);
});

test('an error that could be of two is nobody’s', () => {
  const waiting = new Waiting();
  const all = [waiting.begin(false), waiting.begin(false)];
  waiting.answer(answer('unknown', 'error'));
  for (const { msg_id } of all) expect(waiting.answer(answer(msg_id))).toBe(false);
  vi.advanceTimersByTime(30_000);
  return expect(all[0]?.outcome).resolves.toMatchObject({ kind: 'reply' });
});
