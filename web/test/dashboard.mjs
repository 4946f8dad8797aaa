// The dashboard with the real server: data move, symbols come and go, links lead to what is looked at.
import assert from 'node:assert/strict';
import { assertNoSidewaysScroll, audit, eventually, picture } from './harness.mjs';

export const row = (page, symbol) => page.locator(`.watch[data-symbol="${symbol}"]`);
export const state = (page) => page.locator('.strip-state [role=status]').textContent();
const symbols = (page) => page.locator('.watch').evaluateAll((rows) => rows.map(({ dataset }) => dataset.symbol));
const number = (text) => Number(text.replaceAll(',', ''));

/** What a part of the page says, once that is something else than before. */
const moved = async (what, locator, before) =>
  eventually(`${what} moves`, () => locator.textContent(), (text) => text !== before && !text.includes('–'));

/** All parts have data. */
export async function live(page) {
  await page.locator('.book td.at-bid').first().waitFor();
  await eventually('book', () => page.locator('.book td.at-bid').first().textContent());
  await page.locator('.tape tbody tr').first().waitFor();
  await eventually('bars', () => page.locator('.legend dd').count());
}

export async function dashboard({ check, real, vehicles, token }) {
  const open = { server: real, path: '/', locale: 'en-US' };

  await check('a first visit shows a live market within a second', open, async (page) => {
    await live(page);
    const took = await page.evaluate(() => performance.now());
    console.log(`      all parts have data after ${Math.round(took)} ms`);
    assert.deepEqual(await symbols(page), ['AAPL', 'FB', 'GOOG', 'IBM', 'MSFT']);
    assert.equal(await state(page), 'Connected');
    await page.getByText('anonymous').waitFor();
    for (const [what, locator] of [
      ['last', row(page, 'MSFT').locator('.last')],
      ['bid', row(page, 'MSFT').locator('td').nth(2)],
      ['book', page.locator('.book tbody')],
      ['tape', page.locator('.tape tbody tr').first()],
      ['bar', page.locator('.legend')],
      ['headline', page.locator('.headline .price')],
    ]) {
      const before = await locator.textContent();
      await moved(what, locator, before);
    }
    // What is known of a symbol decides how its prices are written.
    const cells = await row(page, 'MSFT').locator('td').allTextContents();
    const [last, change, bid, ask, spread] = cells;
    for (const price of [last, bid, ask, spread]) assert.match(price, /^\d+\.\d\d$/, cells.join(' '));
    assert.match(change, /^[+-]?\d+\.\d\d%$/);
    assert.match(await page.locator('.strip').textContent(), /[\d.]+ m?s.*\d+ msg\/s.*conflated \d+.*lost 0/);
    // The tape fills, and is bounded.
    await eventually('a full tape', () => page.locator('.tape tbody tr').count(), (count) => count === 60);
    await moved('tape', page.locator('.tape tbody tr').last(), await page.locator('.tape tbody tr').last().textContent());
    assert.equal(await page.locator('.tape tbody tr').count(), 60);
    await page.getByRole('link', { name: 'API' }).click();
    await page.locator('#docs[data-state=shown]').waitFor();
  });

  await check('the book has twelve rungs a side, in order, and never crosses', open, async (page) => {
    await live(page);
    const rungs = (name) => page.locator(`.book td.${name}`).allTextContents().then((all) => all.map(number));
    for (let round = 0; round < 10; round += 1) {
      const [bids, asks] = await page.evaluate(() => ['at-bid', 'at-ask'].map((name) =>
        [...document.querySelectorAll(`.book td.${name}`)].map(({ textContent }) => Number(textContent))));
      assert.equal(bids.length, 12);
      assert.equal(asks.length, 12);
      assert.deepEqual(bids, [...bids].sort((a, b) => b - a));
      assert.deepEqual(asks, [...asks].sort((a, b) => a - b));
      assert.ok(bids[0] < asks[0], `${bids[0]} is below ${asks[0]}`);
      const before = await page.locator('.book tbody').textContent();
      await moved('book', page.locator('.book tbody'), before);
    }
    await page.getByLabel('Group prices by').selectOption('0.10');
    await eventually('tens', () => rungs('at-bid'), ([one, two]) => Math.abs(one - two - 0.1) < 1e-9);
  });

  await check('symbols are found, added, ordered and removed, and remembered', open, async (page) => {
    await live(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Remove IBM' }).click();
    await page.getByRole('button', { name: 'Move MSFT up' }).click();
    await page.getByRole('button', { name: 'Move MSFT up' }).click();
    assert.deepEqual(await symbols(page), ['AAPL', 'MSFT', 'FB', 'GOOG']);
    await picture(page, 'dashboard-edit');
    await audit(page, 'editing');
    await page.getByRole('button', { name: 'Edit' }).click();
    // By keyboard: `/` leads to the field, Enter takes what is marked.
    await page.keyboard.press('/');
    await page.keyboard.type('business');
    await page.getByRole('option', { name: /IBM/ }).waitFor();
    await picture(page, 'dashboard-search');
    await audit(page, 'searching');
    await page.keyboard.press('Enter');
    assert.deepEqual(await symbols(page), ['AAPL', 'MSFT', 'FB', 'GOOG', 'IBM']);
    await page.getByRole('heading', { name: 'IBM', exact: true }).waitFor();
    await row(page, 'IBM').getByRole('button').focus();
    await page.keyboard.press('Alt+ArrowUp');
    assert.deepEqual(await symbols(page), ['AAPL', 'MSFT', 'FB', 'IBM', 'GOOG']);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Delete');
    assert.deepEqual(await symbols(page), ['AAPL', 'MSFT', 'IBM', 'GOOG']);
    await page.getByLabel('Add a symbol').fill('xyzzy');
    await page.getByText('Nothing is called “xyzzy”').waitFor();
    await page.reload();
    await live(page);
    assert.deepEqual(await symbols(page), ['AAPL', 'MSFT', 'IBM', 'GOOG']);
  });

  await check('what is looked at is in the address', open, async (page) => {
    await live(page);
    const address = () => page.evaluate(() => location.hash);
    await row(page, 'GOOG').click();
    await page.getByRole('heading', { name: 'GOOG', exact: true }).waitFor();
    assert.equal(await address(), '#GOOG:1');
    const minutes = await page.locator('.legend dd').first().textContent();
    await page.getByRole('radio', { name: '1D' }).check();
    assert.equal(await address(), '#GOOG:D');
    // Days have a date and no time.
    const day = await eventually('days', () => page.locator('.legend dd').first().textContent(), (text) => /^Jan \d+, 2009$/.test(text));
    assert.notEqual(day, minutes);
    await live(page);
    // Prices of the symbol before are nowhere.
    assert.ok(number(await page.locator('.book td.at-bid').first().textContent()) > 200);
    assert.equal(await page.title(), 'GOOG · Tickwire');
    await page.goto('about:blank');
    await page.goto(`${real.base}/#MSFT:60`);
    await page.getByRole('heading', { name: 'MSFT', exact: true }).waitFor();
    assert.ok(await page.getByRole('radio', { name: '1h' }).isChecked());
    await page.evaluate(() => location.replace('#NOPE:5'));
    await page.getByText('NOPE cannot be shown').waitFor();
    await page.evaluate(() => location.replace('#"><img src=x>:5'));
    await page.getByRole('heading', { name: 'AAPL', exact: true }).waitFor();
  });

  await check('the chart is moved by keyboard, and older bars come', open, async (page) => {
    await live(page);
    const asked = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asked.push(payload)));
    await page.reload();
    await live(page);
    const history = () => asked.filter((frame) => frame.includes('"bars.history"') && frame.includes('"resolution":"1"'));
    assert.equal(history().length, 1);
    await page.locator('.canvas').focus();
    const further = async () => {
      await page.keyboard.press('ArrowLeft');
      return history();
    };
    await eventually('older bars', further, (frames) => frames.length > 1);
    assert.match(history()[1], /"to":\d+/);
    await page.keyboard.press('-');
    await page.keyboard.press('End');
    // The pointer's bar is in the legend.
    const box = await page.locator('.canvas').boundingBox();
    const newest = await page.locator('.legend dd').first().textContent();
    await page.mouse.move(box.x + 40, box.y + 60);
    await eventually('the pointer’s bar', () => page.locator('.legend dd').first().textContent(), (text) => text !== newest);
  });

  await check('the link that a server prints says who one is', { ...open, hash: `#token=${token}` }, async (page) => {
    await live(page);
    await page.getByText('developer', { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), '');
    assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage) + document.cookie)).includes(token));
    await page.reload();
    await page.getByText('developer', { exact: true }).waitFor();
    // The documentation has it as well.
    await page.getByRole('link', { name: 'API' }).click();
    await page.getByRole('textbox', { name: 'Token' }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Token' }).inputValue(), token);
  });

  await check('a token of another run is forgotten, and said to be', { ...open, hash: '#token=e30.e30.e30' }, async (page) => {
    await live(page);
    await page.getByText('Your token is not valid any more: you are anonymous now.').waitFor();
    await page.getByText('anonymous', { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    // A link with a good one, opened in the same tab.
    await page.evaluate((good) => location.replace(`#token=${good}`), token);
    await page.getByText('developer', { exact: true }).waitFor();
  });

  await check('who wants less motion sees none', { ...open, reducedMotion: 'reduce' }, async (page) => {
    await live(page);
    const last = row(page, 'MSFT').locator('.last');
    for (let round = 0; round < 5; round += 1) {
      await moved('last', last, await last.textContent());
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    }
  });
  await check('a tick flashes, and moves nothing', open, async (page) => {
    await live(page);
    await eventually('a flash', () => page.evaluate(() => document.getAnimations().length));
    const shift = await page.evaluate(() => new Promise((done) => {
      const moved = new Set();
      new PerformanceObserver((list) => list.getEntries().forEach(({ sources }) =>
        sources.forEach(({ node }) => {
          // A text may begin elsewhere in its cell, when it has a digit more.
          if (node?.nodeType === Node.ELEMENT_NODE) moved.add(node.outerHTML.slice(0, 120));
        }))).observe({ type: 'layout-shift' });
      setTimeout(() => done([...moved]), 3_000);
    }));
    assert.deepEqual(shift, []);
  });

  await check('another contract has its documentation here', { server: vehicles, open: false }, async (page) => {
    await page.goto(`${vehicles.base}/#token=e30.e30.e30`);
    await page.locator('#docs[data-state=shown]').waitFor();
    assert.equal(page.url(), `${vehicles.base}/ws/asyncapi`);
    // The token has come along.
    assert.equal(await page.evaluate(() => sessionStorage.getItem('tickwire.token')), 'e30.e30.e30');
  });

  for (const [width, height] of [[360, 780], [800, 900], [1440, 900]]) {
    for (const colorScheme of ['light', 'dark']) {
      await check(`looks right at ${width} px, ${colorScheme}`, { ...open, viewport: { width, height }, colorScheme }, async (page) => {
        await live(page);
        await assertNoSidewaysScroll(page);
        await picture(page, `dashboard-${width}-${colorScheme}`, { fullPage: width === 360 });
        await audit(page, 'live');
        const cut = await page.evaluate(() => [...document.querySelectorAll(':is(.watch, .book tr, .tape tr) :is(td, th)')]
          .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map(({ textContent }) => textContent));
        assert.deepEqual(cut, [], 'numbers that do not fit');
      });
    }
  }
}
