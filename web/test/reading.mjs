// To find one's way: search, links, colours, keyboard, screen reader.
import assert from 'node:assert/strict';
import {
  assertNoSidewaysScroll, audit, consoleOf, eventually, operationPlace, PHONE, picture, shown,
} from './harness.mjs';

export async function reading({ check, real }) {
  const contract = await (await fetch(`${real.base}/ws/asyncapi.json`)).json();
  const field = (page) => page.getByRole('combobox', { name: /^Search/ });
  const hits = (page) => page.getByRole('listbox', { name: 'Found' }).getByRole('option');
  const isInView = (page, anchor) => page.locator(`[id="${anchor}"]`).evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return top > 0 && top < innerHeight / 2;
  });

  await check('search finds operations, messages and schemas', { server: real }, async (page) => {
    await shown(page);
    await page.keyboard.press('/');
    assert.ok(await field(page).evaluate((element) => element === document.activeElement));
    await page.keyboard.type('bars.hist');
    await hits(page).first().waitFor();
    await picture(page, 'search');
    assert.match(await hits(page).first().textContent(), /^operation.*bars\.history/);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => location.hash), '#operation-reply-barsHistory');
    await eventually('the operation', () => isInView(page, 'operation-reply-barsHistory'));

    for (const [query, kind, anchor] of [
      ['bars.update', 'message', 'message-barsUpdate'],
      ['TickerSymbol', 'schema', 'schema-TickerSymbol'],
    ]) {
      await page.keyboard.press('Control+k');
      await field(page).fill(query);
      await hits(page).filter({ hasText: kind }).first().click();
      assert.equal(await page.evaluate(() => location.hash), `#${anchor}`);
      await eventually(anchor, () => isInView(page, anchor));
    }

    await field(page).fill('xyzzy');
    await page.getByText('Nothing is called “xyzzy”').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await hits(page).count(), 0);
  });

  await check('a slash that is typed somewhere is a slash', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'symbolsSearch');
    await place.getByLabel('query').fill('');
    await place.getByLabel('query').pressSequentially('a/b');
    assert.equal(await place.getByLabel('query').inputValue(), 'a/b');
  });

  const ids = Object.keys(contract.operations);
  const anchorOf = (page, id) => operationPlace(page, id).getAttribute('id');
  await check('every operation has a link, which leads to it', { server: real }, async (page) => {
    await shown(page);
    for (const id of ids) {
      const anchor = await anchorOf(page, id);
      await operationPlace(page, id).locator('.operation-heading a').first().click();
      assert.equal(await page.evaluate(() => location.hash), `#${anchor}`);
      await eventually(anchor, () => isInView(page, anchor));
    }
  });

  // The first and the last request and push: what lies above decides where the page ends up.
  const requests = ids.filter((id) => contract.operations[id].action === 'receive');
  const pushes = ids.filter((id) => contract.operations[id].action === 'send');
  await check('a link from elsewhere opens the console as well', { server: real }, async (page) => {
    await shown(page);
    for (const id of [requests[0], requests.at(-1), pushes[0], pushes.at(-1)]) {
      const anchor = await anchorOf(page, id);
      await page.goto('about:blank');
      await page.goto(`${real.base}/ws/asyncapi#${anchor}`);
      await shown(page);
      await eventually(anchor, () => isInView(page, anchor));
      assert.equal(await operationPlace(page, id).locator('.console-toggle').getAttribute('aria-expanded'), 'true', id);
    }
  });

  await check('the contract and the clients are linked', { server: real }, async (page) => {
    await shown(page);
    await page.getByRole('button', { name: 'Files' }).click();
    const files = page.locator('#files');
    for (const name of ['asyncapi.yaml', 'asyncapi.json', 'asyncapi.client.json', 'schemas.json', 'TypeScript', 'JavaScript', 'types', 'Python']) {
      assert.ok(await files.getByRole('link', { name, exact: true }).isVisible(), name);
    }
    await picture(page, 'files');
    await page.keyboard.press('Escape');
    assert.ok(!(await files.isVisible()));
  });

  const isDark = (page) => page.evaluate(() => {
    const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/g);
    return Number(red) < 128;
  });
  for (const colorScheme of ['light', 'dark']) {
    await check(`colours follow the system: ${colorScheme}`, { server: real, colorScheme }, async (page) => {
      await shown(page);
      assert.equal(await isDark(page), colorScheme === 'dark');
      const change = page.getByRole('button', { name: /^Colours/ });
      await change.click();
      assert.equal(await isDark(page), false, 'light');
      await change.click();
      assert.equal(await isDark(page), true, 'dark');
      await page.reload();
      await shown(page);
      assert.equal(await isDark(page), true, 'dark is remembered');
      await change.click();
      assert.equal(await isDark(page), colorScheme === 'dark', 'the system again');
    });
  }

  await check('a request by keyboard alone', { server: real }, async (page) => {
    await shown(page);
    await page.keyboard.press('/');
    await page.keyboard.type('symbols.search');
    await page.keyboard.press('Enter');
    const place = operationPlace(page, 'symbolsSearch').locator('.console');
    const focused = (what) => page.evaluate((selector) => document.activeElement?.matches(selector), what);
    for (let stops = 0; !(await focused('.console-toggle')); stops += 1) {
      assert.ok(stops < 5, 'the console is near');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    for (let stops = 0; !(await focused('.send .primary')); stops += 1) {
      assert.ok(stops < 10, 'the button is near');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await place.locator('.reply-time').waitFor();
    // Tabs are one stop; arrows go between them.
    const tab = place.getByRole('tab', { name: 'TypeScript' });
    await tab.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await place.getByRole('tab', { name: 'Python' }).getAttribute('aria-selected'), 'true');
  });

  const looks = [
    ['desktop', {}], ['dark', { colorScheme: 'dark' }], ['phone', PHONE], ['phone, dark', { ...PHONE, colorScheme: 'dark' }],
  ];
  for (const [name, context] of looks) {
    await check(`a screen reader has no serious complaint: ${name}`, { server: real, ...context }, async (page) => {
      await shown(page);
      await audit(page, 'as it comes');
      const place = await consoleOf(page, 'barsSubscribe');
      await place.getByLabel('history').fill('x');
      await place.getByRole('button', { name: 'Send' }).click();
      await place.locator('.reply .bad').waitFor();
      await place.getByLabel('history').fill('');
      await place.getByRole('button', { name: 'Send' }).click();
      await place.locator('.row').first().waitFor();
      await place.locator('.row').first().click();
      const push = await consoleOf(page, 'quotesUpdate');
      await push.getByRole('button', { name: 'Subscribe' }).click();
      await (await consoleOf(page, 'barsHistory')).getByRole('tab', { name: 'JSON' }).click();
      await page.locator('.dock-toggle').click();
      await assertNoSidewaysScroll(page);
      await picture(page, `looks-${name.replace(', ', '-')}`);
      await audit(page, 'in use');
      await page.locator('.dock-toggle').click();
      await place.evaluate((element) => element.scrollIntoView());
      await picture(page, `looks-${name.replace(', ', '-')}-console`);
      await field(page).fill('bars');
      await hits(page).first().waitFor();
      await audit(page, 'searching');
    });
  }
}
