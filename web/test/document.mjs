// What the contract says is on the page, however it is looked at; and what is said instead when the
// contract cannot be had.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import {
  assertNoSidewaysScroll, FORBIDDEN, here, operationPlace, PHONE, picture, serving, shown,
} from './harness.mjs';

/** Asked for: a first paint under a second; it takes a tenth of that. Ten times as much is a defect
 *  even on a machine that does other things. */
const FIRST_PAINT_MS = 10_000;

/** What the page links to, beside the page. */
const LINKED = [
  'asyncapi.json', 'asyncapi.yaml', 'asyncapi.client.json', 'schemas.json',
  'clients/typescript', 'clients/typescript.js', 'clients/typescript.d.ts', 'clients/python',
];

const expandButtons = (page) => page
  .locator('[id^="operation-"] > div > .w-full button, [id^="operation-"] .panel-item button')
  .filter({ hasText: 'Expand all', visible: true });

export async function document({ check, real, played }) {
  const contract = await (await fetch(`${real.base}/ws/asyncapi.json`)).json();
  const harbour = parse(await readFile(here('contracts/harbour.yaml'), 'utf8'));

  await check('the contract is complete', { server: real }, async (page) => {
    await shown(page);
    await assertComplete(page, contract, real.base);
    await assertNoSidewaysScroll(page);
    await picture(page, 'desktop');
    const request = Object.entries(contract.operations)
      .find(([, o]) => o.reply && o.channel.$ref !== '#/channels/connection')?.[0];
    if (request) {
      await page.locator(`.sidebar a[href="#operation-reply-${request}"]`).click();
      await picture(page, 'desktop-operation');
    }
    await page.locator('.sidebar a[href="#messages"]').click();
    await picture(page, 'desktop-messages');
    const paint = await page.evaluate(() =>
      performance.getEntriesByName('first-contentful-paint')[0].startTime);
    assert.ok(paint < FIRST_PAINT_MS, `first paint after ${paint} ms`);
    console.log(`      first paint after ${Math.round(paint)} ms`);
  });

  await check('a wide window', { server: real, viewport: { width: 1800, height: 1000 } }, async (page) => {
    await shown(page);
    await assertNoSidewaysScroll(page);
    await picture(page, 'wide');
  });

  await check('what is opened stays open, and shows the schema', { server: real }, async (page) => {
    await shown(page);
    await expandButtons(page).first().click();
    await picture(page, 'desktop-opened');
    await page.setViewportSize({ width: 1700, height: 900 });
    await page.waitForTimeout(200);
    assert.ok((await page.locator('button', { hasText: 'Collapse all' }).count()) > 0);
  });

  await check('dark', { server: real, colorScheme: 'dark' }, async (page) => {
    await shown(page);
    const background = await page.locator('.aui-root > div')
      .evaluate((e) => getComputedStyle(e).backgroundColor);
    assert.notEqual(background, 'rgb(255, 255, 255)');
    await picture(page, 'dark');
    await page.locator('.sidebar a[href^="#operation-"]').nth(4).click();
    await expandButtons(page).nth(4).click();
    await picture(page, 'dark-operation');
  });

  // The hostile HTML of its description is removed by the sanitizer and forbidden by the policy,
  // which says so as soon as the sanitizer parses it.
  for (const [label, document] of [['the contract', contract], ['another contract', harbour]]) {
    await check(`${label} on a phone`, { server: played, ...PHONE,
      answer: serving(document), expected: document === harbour ? FORBIDDEN : [] }, async (page) => {
      await shown(page);
      await assertNoSidewaysScroll(page);
      const name = label.replaceAll(' ', '-');
      await picture(page, `phone-${name}`);
      // Each click renames its button, so the first is always the next.
      for (let left = await expandButtons(page).count(); left > 0; left--) {
        await expandButtons(page).first().click();
      }
      await assertNoSidewaysScroll(page);
      await page.locator('li[id^="operation-"]').nth(1).scrollIntoViewIfNeeded();
      await picture(page, `phone-${name}-operation`);
      await page.locator('.burger-menu').click();
      await picture(page, `phone-${name}-menu`);
      await assertNoSidewaysScroll(page);
      await page.locator('.sidebar a[href^="#operation-"]').last().click();
      await assertNoSidewaysScroll(page);
    });
  }

  await check('another contract is complete', { server: played, answer: serving(harbour), expected: FORBIDDEN }, async (page) => {
    await shown(page);
    await assertComplete(page, harbour, played.base);
    assert.equal(await page.locator('#docs form, #docs script, #docs [onerror], #docs .prose [style]').count(), 0);
    // A schema that contains itself ends where it begins again.
    const vessel = page.locator('[id="schema-Vessel"]');
    await vessel.getByText('Expand all').click();
    await vessel.locator('p', { hasText: 'See Vessel' }).first().waitFor();
    await picture(page, 'another', { fullPage: true });
  });

  const last = Object.keys(contract.operations).at(-1);
  let anchor;
  await check('an operation has a link', { server: real }, async (page) => {
    await shown(page);
    anchor = await operationPlace(page, last).getAttribute('id');
  });
  await check('which leads to it', { server: real, hash: `#${anchor}` }, async (page) => {
    await shown(page);
    await page.waitForTimeout(300);
    const top = await page.locator(`[id="${anchor}"]`).evaluate((e) => e.getBoundingClientRect().top);
    assert.ok(top >= 40 && top < 200, `at ${top} px`);
  });

  const loading = /Failed to load resource|was preloaded using link preload/;
  const failures = {
    'the document is not there': [(route) => route.fulfill({ status: 503, body: 'no' }), /answered 503/],
    'the server is gone': [(route) => route.abort(), /did not arrive/],
    'the document is not JSON': [(route) => route.fulfill({ body: '<html>' }), /is not JSON/],
    'the document is something else': [serving({ openapi: '3.1.0' }), /not an AsyncAPI document/],
    'the document is too old': [serving({ asyncapi: '2.6.0', info: {} }), /AsyncAPI 2\.6\.0/],
    'the document is nonsense': [serving({ asyncapi: '3.0.0', info: 1, operations: { a: null } }), /./],
  };
  for (const [name, [answer, text]] of Object.entries(failures)) {
    await check(name, { server: played, answer, expected: [loading] }, async (page) => {
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.match(await alert.textContent(), text);
      assert.equal(await page.locator('.skeleton').count(), 0);
      await picture(page, `failed-${name.replaceAll(' ', '-')}`);
    });
  }

  await check('a skeleton is there before the document', { server: played, open: false, answer: async (route) => {
    await new Promise((later) => setTimeout(later, 700));
    await route.continue();
  } }, async (page) => {
    await page.goto(`${played.base}/ws/asyncapi`, { waitUntil: 'commit' });
    await page.locator('.skeleton-text').waitFor();
    await picture(page, 'skeleton');
    await shown(page);
  });

  await check('without scripts the links are there', { server: real, javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator('noscript a[href="asyncapi.json"]').isVisible());
    assert.ok(!(await page.locator('.skeleton').isVisible()));
    await picture(page, 'noscript');
  });
}

/** Everything that the document says must be found on the page. */
async function assertComplete(page, document, base) {
  const { operations = {}, channels = {}, components = {} } = document;
  const text = await page.locator('#docs').evaluate((docs) => docs.textContent);
  assert.ok((await page.title()).includes(document.info.title));

  // Operations: by id in the sidebar and in the text, by title at their place.
  for (const [id, operation] of Object.entries(operations)) {
    const place = operationPlace(page, id);
    assert.equal(await place.count(), 1, `operation ${id} is on the page once`);
    const said = await place.evaluate((item) => item.textContent);
    assert.ok(said.includes(id), `${id} is named`);
    if (operation.title) assert.ok(said.includes(operation.title), `${id} shows its title`);
    for (const { $ref } of operation.reply?.messages ?? []) {
      const type = wireType(document, $ref);
      assert.ok(said.includes(type), `${id} shows its reply ${type}`);
    }
    const channel = channels[operation.channel.$ref.slice('#/channels/'.length)];
    for (const [name, { $ref, ...inline }] of Object.entries(channel.parameters ?? {})) {
      const { location } = $ref ? components.parameters[$ref.split('/').at(-1)] : inline;
      assert.ok(said.includes(`{${name}}`), `${id} shows its parameter ${name}`);
      assert.ok(said.includes(location ?? ''), `${id} shows where ${name} stands`);
    }
    const anchor = await place.getAttribute('id');
    assert.equal(await page.locator(`.sidebar a[href="#${anchor}"]`).count(), 1);
  }
  // Messages by wire type, schemas, examples.
  for (const [key, channel] of Object.entries(channels)) {
    for (const name of Object.keys(channel.messages ?? {})) {
      const type = wireType(document, `#/channels/${key}/messages/${name.replaceAll('/', '~1')}`);
      assert.ok(text.includes(type), `message ${type}`);
    }
  }
  for (const name of Object.keys(components.schemas ?? {})) {
    assert.equal(await page.locator(`[id="schema-${name}"]`).count(), 1, `schema ${name}`);
  }
  for (const message of Object.values(components.messages ?? {})) {
    for (const { payload } of message.examples ?? []) {
      assert.ok(text.includes(JSON.stringify(payload, undefined, 2)), `an example of ${message.name}`);
    }
  }
  // Every link within the page leads somewhere, and so does every link to the server.
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.href));
  const inside = links.filter((link) => link.startsWith(`${base}/ws/asyncapi#`));
  assert.ok(inside.length > Object.keys(operations).length);
  const ids = new Set(await page.locator('[id]').evaluateAll((all) => all.map((e) => e.id)));
  const lost = inside.map((link) => decodeURIComponent(new URL(link).hash.slice(1)))
    .filter((anchor) => !ids.has(anchor));
  assert.deepEqual(lost, [], 'links that lead nowhere');
  const files = links.filter((link) => link.startsWith(base) && !link.includes('#'));
  for (const file of LINKED) {
    assert.ok(files.includes(`${base}/ws/${file}`), `a link to ${file}`);
  }
  for (const link of new Set(files)) {
    // A server hands out no client in whose language it cannot write its contract.
    const expected = link.includes('/ws/clients/') ? [200, 404] : [200];
    assert.ok(expected.includes((await fetch(link)).status), link);
  }
}

/** The name of the message that a reference leads to. */
function wireType(document, reference) {
  const parts = reference.slice(2).split('/').map((part) => part.replaceAll('~1', '/'));
  const found = parts.reduce((at, part) => at[part], document);
  return found.$ref ? wireType(document, found.$ref) : (found.name ?? parts.at(-1));
}
