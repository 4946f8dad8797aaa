import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { incoming } from './encoding';
import { FrameLog } from './frame-log';

const ANY = { type: '', topic: '' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function filled(count: number, max?: { entries: number; characters: number }): FrameLog {
  const log = new FrameLog(max);
  for (let seq = 1; seq <= count; seq += 1) {
    const type = seq % 2 === 0 ? 'bars.update' : 'trades.update';
    log.push('in', incoming(JSON.stringify({ type, topic: `t${seq % 3}`, seq })));
  }
  return log;
}

test('the oldest make room when there are too many', () => {
  const log = filled(100, { entries: 10, characters: 1_000_000 });
  expect([log.kept, log.total]).toEqual([10, 100]);
  expect(log.newest(ANY, 3).map(({ seq }) => seq)).toEqual([100, 99, 98]);
  expect(log.lines(ANY).split('\n')[0]).toContain('"seq":91');
});

test('the oldest make room when they are too large', () => {
  const log = new FrameLog({ entries: 1_000, characters: 320 });
  for (let at = 0; at < 50; at += 1) log.push('in', incoming(JSON.stringify({ type: 'a', pad: 'x'.repeat(80) })));
  expect(log.kept).toBe(3);
  log.push('in', incoming(JSON.stringify({ type: 'a', pad: 'x'.repeat(1_000) })));
  expect(log.kept, 'the newest is always there').toBe(1);
});

test('a filter takes frames by type and topic', () => {
  const log = filled(12);
  const filter = { type: 'bars.update', topic: 't0' };
  expect(log.newest(filter, 100).map(({ seq }) => seq)).toEqual([12, 6]);
  expect(log.matching(filter)).toBe(2);
  expect(log.matching({ type: 'bars.update', topic: '' })).toBe(6);
  expect(log.matching({ type: '', topic: 't1' })).toBe(4);
  expect(log.lines(filter)).toBe(
    '{"type":"bars.update","topic":"t0","seq":6}\n{"type":"bars.update","topic":"t0","seq":12}\n',
  );
});

test('types and topics are those of the frames that are kept', () => {
  const log = filled(5, { entries: 1, characters: 1_000 });
  expect([log.types, log.topics]).toEqual([['trades.update'], ['t2']]);
  log.clear();
  expect([log.types, log.topics, log.kept]).toEqual([[], [], 0]);
});

test('an answer belongs to the topic in its payload', () => {
  const log = new FrameLog();
  log.push('in', incoming('{"type":"bars.subscribe.response","payload":{"topic":"bars:AAPL:1"}}'));
  expect(log.newest(ANY, 1)[0]?.topic).toBe('bars:AAPL:1');
});

test('listeners are told a few times, not for each frame', () => {
  const log = new FrameLog();
  const told = vi.fn();
  log.signal.subscribe(told);
  for (let at = 0; at < 1_000; at += 1) {
    log.push('in', incoming('{"type":"a"}'));
    vi.advanceTimersByTime(1);
  }
  expect(told.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(told.mock.calls.length).toBeLessThanOrEqual(4);
  vi.advanceTimersByTime(1_000);
  expect(told.mock.calls.length, 'and of the last').toBe(4);
});
