// Topics: subscribe, watch, pause, filter, copy, download; and a flood does not drown the page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { consoleOf, eventually, picture, shown } from './harness.mjs';

const FLOOD = 20_000;
/** The page keeps so many, and shows so many rows. */
const KEPT = 5_000;
const ROWS = 200;

export async function frames({ check, real, played }) {
  const numbers = (place) => place.locator('.frames-rows .row-topic').allTextContents();
  const lines = (text) => text.trim().split('\n').map((line) => JSON.parse(line));
  const dock = (page) => page.getByRole('region', { name: 'Connection' });
  const openDock = (page) => dock(page).locator('.dock-toggle').click();
  async function subscribe(page, id, parameters = {}) {
    const place = await consoleOf(page, id);
    for (const [name, value] of Object.entries(parameters)) await place.getByLabel(name).fill(value);
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply-time').waitFor();
    return place;
  }

  await check('a topic is subscribed to, and its frames arrive', { server: real }, async (page) => {
    await shown(page);
    const place = await subscribe(page, 'tradesSubscribe', { symbol: 'MSFT' });
    const first = await eventually('frames', () => numbers(place), (all) => all.length > 2);
    assert.ok(first.every((text) => text.startsWith('trades:MSFT')));
    await eventually('newer frames', () => numbers(place), ([newest]) => newest !== first[0]);
  });

  await check('updates can be watched from their own operation', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsUpdate');
    await place.getByLabel('symbol').fill('MSFT');
    await place.getByLabel('resolution').selectOption('5');
    await place.getByRole('button', { name: 'Subscribe' }).click();
    await place.getByText('Subscribed.').waitFor();
    await place.locator('.row', { hasText: 'bars:MSFT:5' }).first().waitFor();
    assert.equal(await place.locator('.row b', { hasNotText: 'bars.update' }).count(), 0);
    await picture(page, 'watch-updates');
  });

  await check('a push can be watched for', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'welcome');
    await place.getByRole('button', { name: 'Connect' }).click();
    await place.locator('.row', { hasText: 'welcome' }).waitFor();
  });

  await check('frames are filtered by type and topic, and paused', { server: real }, async (page) => {
    await shown(page);
    await subscribe(page, 'tradesSubscribe');
    await subscribe(page, 'quotesSubscribe', { symbol: 'MSFT' });
    await openDock(page);
    const all = dock(page);
    await all.locator('.row', { hasText: 'trades:AAPL #' }).first().waitFor();
    await all.locator('.row', { hasText: 'quotes:MSFT #' }).first().waitFor();
    await picture(page, 'frames');

    await all.getByLabel('Topic').selectOption('quotes:MSFT');
    await eventually('one topic', () => numbers(all), (found) =>
      found.length > 0 && found.every((text) => text.startsWith('quotes:MSFT')));
    await all.getByLabel('Type').selectOption('quotes.update');
    await eventually('one type', () => all.locator('.row b').allTextContents(), (types) =>
      types.length > 0 && types.every((type) => type === 'quotes.update'));

    await all.getByLabel('Topic').selectOption('');
    await all.getByLabel('Type').selectOption('trades.update');
    await all.getByRole('button', { name: 'Pause' }).click();
    const before = await numbers(all);
    await eventually('frames meanwhile', () => all.locator('.frames-count').textContent(), (text) =>
      /^[1-9][\d,]* more since/.test(text));
    assert.deepEqual(await numbers(all), before, 'paused');
    await all.getByRole('button', { name: 'Resume' }).click();
    await eventually('frames again', () => numbers(all), ([newest]) => newest !== before[0]);

    // Opening a frame pauses as well, or it would move away.
    await all.locator('.row').first().click();
    const whole = JSON.parse(await all.locator('.row-whole pre').textContent());
    assert.equal(whole.type, 'trades.update');
    await all.getByRole('button', { name: 'Resume' }).waitFor();
    await picture(page, 'frames-opened');
  });

  await check('frames are copied and downloaded as JSON lines', {
    server: real, permissions: ['clipboard-read', 'clipboard-write'],
  }, async (page) => {
    await shown(page);
    await subscribe(page, 'tradesSubscribe');
    await openDock(page);
    const all = dock(page);
    await all.getByLabel('Type').selectOption('trades.update');
    await eventually('frames', () => numbers(all), (found) => found.length > 3);
    await all.getByRole('button', { name: 'Copy the frames' }).click();
    const copied = lines(await page.evaluate(() => navigator.clipboard.readText()));
    assert.ok(copied.length > 3 && copied.every(({ type }) => type === 'trades.update'));
    assert.deepEqual(copied.map(({ seq }) => seq), copied.map((_, at) => copied[0].seq + at), 'oldest first');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      all.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'trades.update.jsonl');
    const saved = lines(await readFile(await download.path(), 'utf8'));
    assert.ok(saved.length >= copied.length && saved.every(({ topic }) => topic === 'trades:AAPL'));

    await all.getByRole('button', { name: 'Clear' }).click();
    assert.ok((await numbers(all)).length <= ROWS);
  });

  await check('without permission for the clipboard, copying works, too', { server: real }, async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.reload();
    await shown(page);
    const place = await consoleOf(page, 'ping');
    await place.getByRole('button', { name: 'Copy the code' }).click();
    await place.getByText('Copied').waitFor();
  });

  await check('a topic is left', { server: real }, async (page) => {
    await shown(page);
    await subscribe(page, 'tradesSubscribe');
    await openDock(page);
    await dock(page).getByRole('button', { name: 'Unsubscribe from trades:AAPL' }).click();
    await dock(page).locator('.row', { hasText: 'trades.unsubscribe.response' }).first().waitFor();
    await eventually('no subscription', () => dock(page).locator('.topics li').count(), (count) => count === 0);
  });

  played.play = (socket) => {
    socket.on('message', (data) => {
      const { msg_id, type } = JSON.parse(data);
      const say = (frame) => socket.send(JSON.stringify({ direction: 's2c', ...frame }));
      if (type === 'ping') return say({ type: 'pong', msg_id, payload: {} });
      say({ type: `${type}.response`, msg_id, payload: { status: 'subscribed', topic: 'trades:AAPL', seq: 0 } });
      for (let seq = 1; seq <= FLOOD; seq += 1) {
        say({ type: 'trades.update', topic: 'trades:AAPL', seq, payload: { price: seq, pad: 'x'.repeat(200) } });
      }
    });
  };
  await check('a flood is bounded, on the page and in memory', { server: played }, async (page) => {
    await shown(page);
    await openDock(page);
    await page.evaluate(() => {
      window.changes = 0;
      new MutationObserver(() => { window.changes += 1; })
        .observe(document.querySelector('.dock-panel'), { childList: true, subtree: true, characterData: true });
    });
    await subscribe(page, 'tradesSubscribe');
    await eventually('the last frame', () => numbers(dock(page)), ([newest]) => newest === `trades:AAPL #${FLOOD}`);
    assert.equal(await dock(page).locator('.frames-rows > li').count(), ROWS);
    assert.match(await dock(page).locator('.frames-count').textContent(), new RegExp(`^${KEPT.toLocaleString('en')} `));
    assert.ok(Number((await dock(page).locator('.total').textContent()).replaceAll(',', '')) > FLOOD);
    const changes = await page.evaluate(() => window.changes);
    assert.ok(changes > 0 && changes < FLOOD / 100, `${changes} renderings for ${FLOOD} frames`);
    console.log(`      ${changes} renderings for ${FLOOD} frames`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dock(page).getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(lines(await readFile(await download.path(), 'utf8')).length, KEPT);
    // And the page still answers.
    await dock(page).getByRole('button', { name: 'Clear' }).click();
    await dock(page).getByText('No frames').waitFor();
  });
  played.play = () => {};
}
