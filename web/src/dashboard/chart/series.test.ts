import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BarsHistoryRequest, Client, ConnectionState, Notice } from 'tickwire';
import type { Bar } from '../market/bars';
import { playedTopic } from '../testing/topic';
import { draw, redraw } from './draw';
import { BarSeries } from './series';

const bar = (time: number, close = 1): Bar => ({ time, open: 1, high: 1, low: 1, close, volume: 1 });
const NOT_RECOVERED: Notice = { type: 'notice', notice: 'not_recovered', reason: 'epoch_changed' };

/** A client whose history comes when the test says so. */
function played() {
  const topic = playedTopic('bars:AAPL:1');
  const asked: { request: BarsHistoryRequest; answer: (...bars: Bar[]) => void; fail: (error: Error) => void }[] = [];
  const connection = { state: { state: 'open' } as ConnectionState, listeners: new Set<() => void>() };
  const client = {
    bars: () => topic.topic,
    barsHistory: (request: BarsHistoryRequest) =>
      new Promise((resolve, reject) => {
        asked.push({ request, answer: (...bars) => resolve({ bars }), fail: reject });
      }),
    connection: {
      get state() {
        return connection.state;
      },
      onChange(listener: () => void) {
        connection.listeners.add(listener);
        return () => void connection.listeners.delete(listener);
      },
    },
  } as unknown as Client;
  const series = new BarSeries(client, 'AAPL', '1');
  const shape = () => series.bars.map(({ time, close }) => [time, close]);
  return { series, topic, asked, connection, shape };
}

let frames: (() => void)[];
const drawn = () => frames.splice(0).forEach((frame) => frame());
/** Promises that are settled have told it. */
const told = () => new Promise((later) => setTimeout(later));
beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => void vi.unstubAllGlobals());

test('what comes while history is on its way is there afterwards', async () => {
  const { series, topic, asked, shape } = played();
  series.start();
  expect(topic.listeners.size).toBe(1);
  topic.update(bar(3, 7));
  topic.update(bar(4, 8));
  asked[0]?.answer(bar(1), bar(2), bar(3));
  await told();
  expect(series.status).toBe('shown');
  expect(shape()).toEqual([[1, 1], [2, 1], [3, 7], [4, 8]]);
});

test('changes of a frame are told together, each bar once', async () => {
  const { series, topic, asked } = played();
  series.start();
  asked[0]?.answer(bar(1));
  await told();
  drawn();
  expect(series.take()).toEqual({ kind: 'all' });
  let tells = 0;
  series.signal.subscribe(() => (tells += 1));
  for (const one of [bar(1, 5), bar(2, 6), bar(2, 7)]) topic.update(one);
  expect(tells).toBe(0);
  drawn();
  expect(tells).toBe(1);
  expect(series.take()).toEqual({ kind: 'end', bars: [bar(1, 5), bar(2, 7)] });
});

test('what new colours have drawn is not drawn again, which the canvas would refuse', async () => {
  const { series, topic, asked } = played();
  const canvas = { set: vi.fn(), update: vi.fn() };
  series.start();
  asked[0]?.answer(bar(1));
  await told();
  draw(canvas, series);
  topic.update(bar(1, 5));
  topic.update(bar(2, 6));
  redraw(canvas, series);
  draw(canvas, series);
  topic.update(bar(2, 7));
  draw(canvas, series);
  expect(canvas.set.mock.lastCall).toEqual([[bar(1, 5), bar(2, 7)]]);
  expect(canvas.update.mock.calls).toEqual([[[]], [[bar(2, 7)]]]);
});

test('a bar of before makes everything new', async () => {
  const { series, topic, asked } = played();
  series.start();
  asked[0]?.answer(bar(1), bar(2));
  await told();
  series.take();
  topic.update(bar(1, 9));
  expect(series.take()).toEqual({ kind: 'all' });
});

test('a stream that begins anew is asked for anew, and a late answer does not count', async () => {
  const { series, topic, asked, shape } = played();
  series.start();
  topic.notice(NOT_RECOVERED);
  expect(asked.length).toBe(2);
  asked[1]?.answer(bar(10));
  await told();
  asked[0]?.answer(bar(1));
  await told();
  expect(shape()).toEqual([[10, 1]]);
});

test('a failed request is told, and made again when the connection is back', async () => {
  const { series, asked, connection, shape } = played();
  series.start();
  asked[0]?.fail(new Error('the connection was lost'));
  await told();
  expect([series.status, series.problem]).toEqual(['failed', 'the connection was lost']);
  connection.listeners.forEach((listener) => listener());
  asked[1]?.answer(bar(1));
  await told();
  expect([series.status, shape()]).toEqual(['shown', [[1, 1]]]);
});

test('older bars are asked for one after another, until there are none', async () => {
  const { series, asked, shape } = played();
  series.start();
  asked[0]?.answer(bar(50));
  await told();
  void series.older();
  void series.older();
  expect(asked.length).toBe(2);
  expect(asked[1]?.request.to).toBe(50);
  asked[1]?.answer(bar(40));
  await told();
  expect(shape()).toEqual([[40, 1], [50, 1]]);
  void series.older();
  asked[2]?.answer();
  await told();
  void series.older();
  expect(asked.length).toBe(3);
});

test('after the end nothing is held', async () => {
  const { series, topic, connection } = played();
  series.start()();
  expect([topic.listeners.size, connection.listeners.size]).toEqual([0, 0]);
});
