// The dashboard when something goes wrong: the server dies, the network is silent, updates are lost.
import assert from 'node:assert/strict';
import { audit, eventually, picture } from './harness.mjs';
import { live, row, state } from './dashboard.mjs';
import { front, start } from './servers.mjs';

/** What a browser says of a server that is not there. */
const GONE = [/WebSocket connection to .* failed/, /Failed to load resource/];

export async function interrupted({ check, real, binary }) {
  const open = { server: real, path: '/', locale: 'en-US' };

  let server = await start(binary);
  const { port } = new URL(server.base);
  const through = await front(server.base, '/behind');
  try {
    await check('a server that dies leaves stale data, and resumes when it is back', { ...open, server: through, expected: GONE }, async (page) => {
      await live(page);
      await server.kill();
      await page.getByText(/^stale since \d+:\d\d:\d\d/).waitFor();
      assert.match(await state(page), /^Not connected, next attempt now$|^Connecting…$/);
      // What was there is there still, and has no colour.
      const [last, colour] = await row(page, 'AAPL').locator('.last').evaluate((cell) => [cell.textContent, getComputedStyle(cell.previousElementSibling).color]);
      assert.match(last, /^\d+\.\d\d$/);
      assert.ok(await page.locator('[data-stale]').count());
      const up = await page.locator('.book td.up').first().evaluate((cell) => getComputedStyle(cell).color);
      assert.equal(up, await page.locator('.book td.down').first().evaluate((cell) => getComputedStyle(cell).color), colour);
      await picture(page, 'dashboard-stale');
      await audit(page, 'stale');
      server = await start(binary, [], port);
      await page.getByText(/Back after \d+ s: the server began anew/).waitFor();
      await live(page);
      assert.equal(await page.getByText(/^stale since/).count(), 0);
      const before = await row(page, 'AAPL').locator('.last').textContent();
      await eventually('data', () => row(page, 'AAPL').locator('.last').textContent(), (text) => text !== before);
      await picture(page, 'dashboard-back');
    });
  } finally {
    through.stop();
    await server.stop();
  }

  /** Puts `between` between the page and the server: each frame of the server goes through `let_`. */
  const between = async (page, let_) => {
    const sockets = [];
    await page.routeWebSocket(/\/ws$/, (socket) => {
      const behind = socket.connectToServer();
      sockets.push(socket);
      socket.onMessage((message) => behind.send(message));
      behind.onMessage((message) => let_(message, (frame) => socket.send(frame)));
    });
    return sockets;
  };

  await check('a connection that breaks is resumed, and nothing is missed', { ...open, open: false }, async (page) => {
    const sockets = await between(page, (message, send) => send(message));
    await page.goto(`${real.base}/`);
    await live(page);
    await sockets[0].close({ code: 1012, reason: 'restarting' });
    await page.getByText(/Resumed after \d+ s(, nothing missed|: no trade missed, quotes as of now)/).waitFor();
    assert.match(await page.locator('.strip').textContent(), /lost 0/);
    assert.equal(await page.getByText(/^stale since/).count(), 0);
  });

  await check('a network that is silent is told, and makes data stale', { ...open, open: false }, async (page) => {
    let isSilent = false;
    await between(page, (message, send) => isSilent || send(message));
    await page.goto(`${real.base}/`);
    await live(page);
    isSilent = true;
    await page.getByText(/^stale since/).waitFor();
    assert.equal(await state(page), 'Connected, but nothing answers');
    isSilent = false;
    await eventually('fresh again', () => page.getByText(/^stale since/).count(), (count) => count === 0);
    assert.equal(await state(page), 'Connected');
  });

  await check('what a slow page loses is counted', { ...open, open: false }, async (page) => {
    let trades = 0;
    await between(page, (message, send) => {
      const frame = JSON.parse(message);
      // As a server does it whose subscriber reads too slowly.
      if (frame.type === 'trades.update' && (trades += 1) > 20 && trades <= 23) {
        if (trades < 23) return;
        const { topic, seq, msg_id, timestamp } = frame;
        const payload = { topic, reason: 'overflow', message: 'too slow', epoch: 'e', seq, from: seq - 2, to: seq };
        return send(JSON.stringify({ type: 'topic.reset', direction: 's2c', msg_id, timestamp, payload }));
      }
      // Conflated: every other quote of a symbol, of which the last is not sent.
      if (frame.type === 'quotes.update' && frame.seq % 2 === 1) return;
      send(message);
    });
    await page.goto(`${real.base}/`);
    await live(page);
    await page.getByText('lost 3', { exact: true }).waitFor();
    await eventually('conflated', () => page.getByText(/^conflated [\d,]+$/).textContent(), (text) => text !== 'conflated 0');
  });

  await check('alerts, and a token that ends, are said', { ...open, open: false }, async (page) => {
    const sockets = await between(page, (message, send) => send(message));
    await page.goto(`${real.base}/`);
    await live(page);
    const push = (type, payload) =>
      sockets[0].send(JSON.stringify({ type, msg_id: '01a1f938-40cf-7619-bad2-86f6fd53c25b', direction: 's2c', timestamp: '2026-01-01T00:00:00Z', payload }));
    push('system_alert', { level: 'warning', code: 'maintenance', message: 'The market closes early today' });
    push('system_alert', { level: 'critical', code: 'halted', message: 'Trading is halted' });
    await page.getByRole('alert').filter({ hasText: 'Trading is halted' }).waitFor();
    await audit(page, 'alerts');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('The market closes early today').waitFor();
    push('token.expiring', { expires_at: '2026-01-01T00:01:00Z', expires_in_ms: 60_000 });
    await page.getByText(/Your token ends at \d+:\d\d/).waitFor();
  });

  await check('a hidden page does little', { ...open }, async (page) => {
    await live(page);
    // As Chromium has it when another tab is in front, which a driver cannot do.
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      window.requestAnimationFrame = () => 0;
    });
    const sent = [];
    await page.evaluate(() => {
      window.sent = [];
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) {
        window.sent.push(data);
        return send.call(this, data);
      };
    });
    const changes = await page.evaluate(() => new Promise((done) => {
      let count = 0;
      // One frame that was asked for before may still come.
      setTimeout(() => new MutationObserver((list) => (count += list.length)).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true }), 200);
      setTimeout(() => done(count), 6_500);
    }));
    sent.push(...(await page.evaluate(() => window.sent)));
    assert.equal(changes, 0, 'nothing is rendered');
    assert.deepEqual(sent, [], 'nothing is sent');
  });

  const bare = await start(binary, ['--modules', 'none']);
  const nobody = await front(bare.base, '');
  try {
    await check('without anybody who answers, the page says so', { ...open, server: nobody, hash: '#AAPL:1' }, async (page) => {
      await page.getByText('AAPL cannot be shown').waitFor();
      assert.equal(await state(page), 'Connected');
    });
  } finally {
    nobody.stop();
    await bare.stop();
  }
}
