// Opens the page in Chromium and holds it to what it promises.
//
//   node test/page.mjs [BASE_URL]
//
// With a BASE_URL (`http://127.0.0.1:8080`) the server there is tested with whatever contract it
// serves; without, a small server of our own plays its part. Screenshots go to test/artefacts/.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { parse } from 'yaml';
import { SECURITY_POLICY, serve } from './server.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ARTEFACTS = here('artefacts/');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** Issue 4 asks for a first paint under a second; locally it takes a tenth of that. */
const FIRST_PAINT_MS = 1000;

const given = process.argv[2]?.replace(/\/$/, '');
const own = given ? undefined : await serve(here('../../asyncapi.yaml'), '/behind/a/proxy');
const base = given ?? own.base;
const pageUrl = `${base}/ws/asyncapi`;
const contract = await (await fetch(`${base}/ws/asyncapi.json`)).json();
const harbour = parse(await readFile(here('contracts/harbour.yaml'), 'utf8'));

await mkdir(ARTEFACTS, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});

/**
 * Runs `body` on a fresh page, then checks that nothing was complained of and nothing was fetched
 * from elsewhere. `answer` replaces what the server says to asyncapi.json.
 */
async function check(name, { answer, expected = [], hash = '', open = true, ...context }, body) {
  const window = await browser.newContext({ viewport: DESKTOP, ...context });
  const page = await window.newPage();
  const complaints = [];
  const complain = (text) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(message.text());
  });
  page.on('pageerror', (error) => complain(`uncaught: ${error}`));
  page.on('dialog', (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== new URL(base).origin) complain(`fetched ${url}`);
  });
  if (context.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`forbidden by policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
  }
  if (answer) await page.route('**/ws/asyncapi.json', answer);
  try {
    if (open) {
      const response = await page.goto(pageUrl + hash);
      assert.equal(response.headers()['content-security-policy'], SECURITY_POLICY);
    }
    await body(page);
    assert.deepEqual(complaints, []);
    console.log(`ok    ${name}`);
  } catch (error) {
    await page.screenshot({ path: `${ARTEFACTS}failed.png` }).catch(() => {});
    throw new Error(`${name}: ${error.message}`, { cause: error });
  } finally {
    await window.close();
  }
}

const shown = (page) => page.locator('#docs[data-state=shown] .aui-root').waitFor();
const picture = (page, name, options) =>
  page.screenshot({ path: `${ARTEFACTS}${name}.png`, ...options });
const expandButtons = (page) => page
  .locator('[id^="operation-"] > div > .w-full button, [id^="operation-"] .panel-item button')
  .filter({ hasText: 'Expand all', visible: true });
const serving = (document) => (route) => route.fulfill({ json: document });

async function assertNoSidewaysScroll(page) {
  const { scrollWidth, innerWidth } = await page.evaluate(() => ({
    scrollWidth: document.scrollingElement.scrollWidth,
    innerWidth: window.innerWidth,
  }));
  assert.ok(scrollWidth <= innerWidth, `the page is ${scrollWidth} px wide on ${innerWidth} px`);
}

/** Everything that the document says must be found on the page. */
async function assertComplete(page, document) {
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
  const inside = links.filter((link) => link.startsWith(pageUrl + '#'));
  assert.ok(inside.length > Object.keys(operations).length);
  const ids = new Set(await page.locator('[id]').evaluateAll((all) => all.map((e) => e.id)));
  const lost = inside.map((link) => decodeURIComponent(new URL(link).hash.slice(1)))
    .filter((anchor) => !ids.has(anchor));
  assert.deepEqual(lost, [], 'links that lead nowhere');
  const files = links.filter((link) => link.startsWith(base) && !link.includes('#'));
  for (const file of ['asyncapi.json', 'asyncapi.yaml', 'schemas.json']) {
    assert.ok(files.includes(`${base}/ws/${file}`), `a link to ${file}`);
  }
  for (const link of new Set(files)) assert.equal((await fetch(link)).status, 200, link);
}

/** Where an operation stands; its anchor also says what kind it is. */
const operationPlace = (page, id) =>
  page.locator(['reply', 'send', 'receive', 'request']
    .map((kind) => `li[id="operation-${kind}-${id}"]`).join(', '));

/** The name of the message that a reference leads to. */
function wireType(document, reference) {
  const parts = reference.slice(2).split('/').map((part) => part.replaceAll('~1', '/'));
  const found = parts.reduce((at, part) => at[part], document);
  return found.$ref ? wireType(document, found.$ref) : (found.name ?? parts.at(-1));
}

try {
  await check('the contract is complete', {}, async (page) => {
    await shown(page);
    await assertComplete(page, contract);
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

  await check('a wide window', { viewport: { width: 1800, height: 1000 } }, async (page) => {
    await shown(page);
    await assertNoSidewaysScroll(page);
    await picture(page, 'wide');
  });

  await check('what is opened stays open, and shows the schema', {}, async (page) => {
    await shown(page);
    await expandButtons(page).first().click();
    await picture(page, 'desktop-opened');
    await page.setViewportSize({ width: 1700, height: 900 });
    await page.waitForTimeout(200);
    assert.ok((await page.locator('button', { hasText: 'Collapse all' }).count()) > 0);
  });

  await check('dark', { colorScheme: 'dark' }, async (page) => {
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
  const forbidden = [/violates the following Content Security Policy/, /forbidden by policy: (script|style)-src-attr inline/];
  for (const [label, document] of [['the contract', contract], ['another contract', harbour]]) {
    await check(`${label} on a phone`, { viewport: PHONE, isMobile: true, hasTouch: true,
      answer: serving(document), expected: document === harbour ? forbidden : [] }, async (page) => {
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

  await check('another contract is complete', { answer: serving(harbour), expected: forbidden }, async (page) => {
    await shown(page);
    await assertComplete(page, harbour);
    assert.equal(await page.locator('#docs form, #docs script, #docs [onerror], #docs .prose [style]').count(), 0);
    // A schema that contains itself ends where it begins again.
    const vessel = page.locator('[id="schema-Vessel"]');
    await vessel.getByText('Expand all').click();
    await vessel.locator('p', { hasText: 'See Vessel' }).first().waitFor();
    await picture(page, 'another', { fullPage: true });
  });

  const last = Object.keys(contract.operations).at(-1);
  let anchor;
  await check('an operation has a link', {}, async (page) => {
    await shown(page);
    anchor = await operationPlace(page, last).getAttribute('id');
  });
  await check('which leads to it', { hash: `#${anchor}` }, async (page) => {
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
    await check(name, { answer, expected: [loading] }, async (page) => {
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.match(await alert.textContent(), text);
      assert.equal(await page.locator('.skeleton').count(), 0);
      await picture(page, `failed-${name.replaceAll(' ', '-')}`);
    });
  }

  await check('a skeleton is there before the document', { open: false, answer: async (route) => {
    await new Promise((later) => setTimeout(later, 700));
    await route.continue();
  } }, async (page) => {
    await page.goto(pageUrl, { waitUntil: 'commit' });
    await page.locator('.skeleton-text').waitFor();
    await picture(page, 'skeleton');
    await shown(page);
  });

  await check('without scripts the links are there', { javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator('noscript a[href="asyncapi.json"]').isVisible());
    assert.ok(!(await page.locator('.skeleton').isVisible()));
    await picture(page, 'noscript');
  });
} finally {
  await browser.close();
  own?.stop();
}
