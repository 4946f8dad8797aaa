// A page in Chromium, and what holds for every page: nothing is complained of, and nothing is fetched
// from anywhere but the page's own server.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { SECURITY_POLICY } from './servers.mjs';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ARTEFACTS = here('artefacts/');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** What Chromium says when a description has inline handlers, which the sanitizer then removes. */
export const FORBIDDEN = [
  /violates the following Content Security Policy/,
  /forbidden by policy: (script|style)-src-attr inline/,
];

export async function launch() {
  await mkdir(ARTEFACTS, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  return {
    check: (...args) => check(browser, ...args),
    visit: (...args) => visit(browser, ...args),
    close: () => browser.close(),
  };
}

/** Runs `body` on a page that is not ours, so nothing is held against it. */
async function visit(browser, address, body) {
  const window = await browser.newContext();
  try {
    const page = await window.newPage();
    await page.goto(address);
    await body(page);
  } finally {
    await window.close();
  }
}

/**
 * Runs `body` on a fresh page of `server`, then checks what holds for every page. `answer` replaces
 * what the server says to asyncapi.json; `expected` are complaints that belong to the test; `path` and
 * `hash` are the end of the address; `open: false` leaves it to the test to open the page. The rest is
 * Playwright's.
 */
async function check(browser, name, options, body) {
  const { server, answer, expected = [], path = '/ws/asyncapi', hash = '', open = true, ...context } = options;
  const window = await browser.newContext({ viewport: DESKTOP, ...context });
  const page = await window.newPage();
  page.setDefaultTimeout(15_000);
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
  const { host } = new URL(server.base);
  const own = (address) => {
    const url = new URL(address);
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) complain(`fetched ${url}`);
  };
  page.on('request', (request) => own(request.url()));
  page.on('websocket', (socket) => own(socket.url()));
  if (context.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`forbidden by policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
  }
  if (answer) await page.route('**/ws/asyncapi.json', answer);
  try {
    if (open) {
      const response = await page.goto(`${server.base}${path}${hash}`);
      assert.equal(response.headers()['content-security-policy'], SECURITY_POLICY);
    }
    await body(page);
    assert.deepEqual(complaints, []);
    console.log(`ok    ${name}`);
  } catch (error) {
    await picture(page, 'failed').catch(() => {});
    throw new Error(`${name}: ${error.message}\n${complaints.join('\n')}`, { cause: error });
  } finally {
    await window.close();
  }
}

export const shown = (page) => page.locator('#docs[data-state=shown] .aui-root').waitFor();
export const picture = (page, name, options) =>
  page.screenshot({ path: `${ARTEFACTS}${name}.png`, ...options });
export const serving = (document) => (route) => route.fulfill({ json: document });

/** Where an operation stands; its anchor also says what kind it is. */
export const operationPlace = (page, id) =>
  page.locator(['reply', 'send', 'receive', 'request']
    .map((kind) => `li[id="operation-${kind}-${id}"]`).join(', '));

/** The opened console of an operation. */
export async function consoleOf(page, id) {
  const place = operationPlace(page, id).locator('.console');
  const toggle = place.locator('.console-toggle');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  return place;
}

export async function assertNoSidewaysScroll(page) {
  const { scrollWidth, innerWidth } = await page.evaluate(() => ({
    scrollWidth: document.scrollingElement.scrollWidth,
    innerWidth: window.innerWidth,
  }));
  assert.ok(scrollWidth <= innerWidth, `the page is ${scrollWidth} px wide on ${innerWidth} px`);
}

/** Waits until `probe` gives something that `expected` accepts, which is given back. */
export async function eventually(what, probe, expected = Boolean) {
  let last;
  for (const end = Date.now() + 15_000; Date.now() < end; ) {
    last = await probe();
    if (expected(last)) return last;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what}: still ${JSON.stringify(last)}`);
}

/** Fails on what axe calls serious or critical. */
export async function audit(page, when) {
  // What moves and fades is measured half-way otherwise.
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  if (!(await page.evaluate(() => 'axe' in window))) {
    // The policy lets no script of a test in as an element; evaluating is the debugger's right.
    await page.evaluate(await readFile(AXE, 'utf8'));
  }
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  const said = grave.map(({ id, help, nodes }) =>
    `${id} (${help}): ${nodes.length}, e.g. ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join('\n    ')}`);
  assert.deepEqual(said, [], `axe, ${when}`);
}
