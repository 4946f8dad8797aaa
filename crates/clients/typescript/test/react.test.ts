import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { createElement as h, StrictMode, act, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { useConnection, useRequest, useTopic } from '../src/react.ts';
import { client, connected, FakeSocket, settled, type TestClient } from './fakes.ts';

const { window } = new JSDOM('<div></div>');
Object.assign(globalThis, { window, document: window.document, navigator: window.navigator, IS_REACT_ACT_ENVIRONMENT: true });
const frames: (() => void)[] = [];
Object.assign(globalThis, { requestAnimationFrame: (frame: () => void) => frames.push(frame) });
const { createRoot } = await import('react-dom/client');

/** An animation frame of the screen. */
const screen = (): Promise<void> => act(async () => void frames.splice(0).forEach((frame) => frame()));

async function render(node: ReactNode): Promise<{ html: () => string; again: (node: ReactNode) => Promise<void>; gone: () => Promise<void> }> {
  const element = window.document.createElement('div');
  const root = createRoot(element);
  const again = (next: ReactNode): Promise<void> => act(async () => root.render(next));
  await again(node);
  return { html: () => element.innerHTML, again, gone: () => act(async () => root.unmount()) };
}

const renders = { count: 0 };
function Quote({ tw, name }: { tw: TestClient; name: string | null }): ReactNode {
  renders.count += 1;
  const { status, data } = useTopic(name === null ? null : tw.quotes({ name }));
  return `${status} ${data?.n}`;
}

test('a fast topic renders once for each frame of the screen', async () => {
  const { tw, socket } = await connected();
  const page = await render(h(Quote, { tw, name: 'a' }));
  socket.confirm('quotes.subscribe', {});
  await screen();
  assert.equal(page.html(), 'live undefined');
  const before = renders.count;
  for (let seq = 1; seq <= 1000; seq += 1) socket.update('quotes:a', seq);
  assert.equal(page.html(), 'live undefined');
  await screen();
  assert.equal(page.html(), 'live 1000');
  assert.equal(renders.count - before, 1);
  await page.gone();
  await settled();
  assert.equal(socket.sent.at(-1)?.type, 'quotes.unsubscribe');
});

test('in strict mode, and rendered again, it stays one subscription', async () => {
  const { tw, socket } = await connected();
  const page = await render(h(StrictMode, null, h(Quote, { tw, name: 'a' })));
  await page.again(h(StrictMode, null, h(Quote, { tw, name: 'a' })));
  await settled();
  assert.deepEqual(socket.sent.map(({ type }) => type), ['quotes.subscribe']);
  await page.again(h(StrictMode, null, h(Quote, { tw, name: 'b' })));
  await settled();
  assert.deepEqual(socket.sent.map(({ type, payload }) => [type, payload.name]), [
    ['quotes.subscribe', 'a'],
    ['quotes.unsubscribe', 'a'],
    ['quotes.subscribe', 'b'],
  ]);
  await page.again(h(StrictMode, null, h(Quote, { tw, name: null })));
  assert.equal(page.html(), 'idle undefined');
  await page.gone();
});

const SUM = { initial: 0, reduce: (sum: number, trade: { n: number }) => sum + trade.n };

test('a reduction has every item, and starts over when they do not count any more', async () => {
  const { tw, socket } = await connected();
  const Sum = (): ReactNode => String(useTopic(tw.trades({ name: 'a' }), SUM).value);
  const page = await render(h(StrictMode, null, h(Sum)));
  socket.confirm('trades.subscribe', {});
  for (const seq of [1, 2, 3]) socket.update('trades:a', seq);
  await screen();
  assert.equal(page.html(), '6');
  socket.push('topic.reset', { topic: 'trades:a', reason: 'restarted', message: '', epoch: 'e2', seq: 0 });
  socket.update('trades:a', 1);
  await screen();
  assert.equal(page.html(), '1');
  await page.gone();
});

test('a request is asked when its payload changes, and given up with the component', async () => {
  const { tw, socket } = await connected();
  const History = ({ name }: { name: string }): ReactNode => {
    const { status, data, error } = useRequest(tw.history, { name });
    return `${status} ${data?.n} ${error?.message}`;
  };
  const page = await render(h(History, { name: 'a' }));
  assert.equal(page.html(), 'pending undefined undefined');
  await page.again(h(History, { name: 'a' }));
  assert.equal(socket.sent.length, 1);
  await act(async () => socket.answer(socket.request('history'), { n: 1 }));
  assert.equal(page.html(), 'done 1 undefined');
  await page.again(h(History, { name: 'b' }));
  assert.equal(page.html(), 'pending 1 undefined');
  await act(async () => socket.answer(socket.request('history'), { code: 'internal', message: 'no', details: [] }, 'error'));
  assert.equal(page.html(), 'failed 1 no');
  await page.again(h(History, { name: 'c' }));
  await page.gone();
  socket.answer(socket.request('history'), { n: 3 });
});

test('the connection is shown', async () => {
  const { tw, socket } = await connected();
  const State = (): ReactNode => useConnection(tw).state;
  const page = await render(h(State));
  assert.equal(page.html(), 'open');
  await act(async () => socket.end());
  assert.equal(page.html(), 'waiting');
  await page.gone();
});

test('on a server nothing is connected or asked', () => {
  const { tw } = client({ lazy: true });
  const Page = (): ReactNode => {
    const topic = useTopic(tw.trades({ name: 'a' }), SUM);
    const request = useRequest(tw.history, { name: 'a' });
    return `${useConnection(tw).state} ${topic.status} ${topic.value} ${request.status}`;
  };
  assert.equal(renderToString(h(Page)), 'connecting idle 0 pending');
  assert.equal(FakeSocket.all.length, 0);
});
