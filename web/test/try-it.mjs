// Every operation can be tried: written, judged while typing, sent, answered.
import assert from 'node:assert/strict';
import { consoleOf, eventually, operationPlace, PHONE, picture, shown } from './harness.mjs';

export async function tryIt({ check, real, vehicles, played }) {
  const contract = await (await fetch(`${real.base}/ws/asyncapi.json`)).json();

  await check('every operation has a console, filled with its example', { server: real }, async (page) => {
    await shown(page);
    for (const [id, { action }] of Object.entries(contract.operations)) {
      const place = await consoleOf(page, id);
      if (action === 'send') {
        await place.locator('.frames').waitFor();
        continue;
      }
      await place.getByRole('tab', { name: 'JSON' }).click();
      const text = await place.getByLabel('Payload as JSON').inputValue();
      const [{ $ref }] = contract.operations[id].messages;
      const message = contract.components.messages[$ref.split('/').at(-1)];
      assert.deepEqual(JSON.parse(text), message.examples[0].payload.payload, id);
      assert.equal(await place.locator('.violations li').count(), 0, `the example of ${id} is valid`);
      assert.equal(await place.locator('[role=tab]').filter({ hasText: /TypeScript|Python|websocat|curl/ }).count(), 4);
    }
  });

  await check('a request is sent, and its reply shown with its time', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByLabel('symbol').fill('MSFT');
    await place.getByLabel('count_back').fill('3');
    await picture(page, 'try-request');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply-time').waitFor();
    assert.match(await place.locator('.reply-time').textContent(), /^[\d.]+ m?s$/);
    assert.equal(await place.locator('.reply .good').textContent(), 'bars.history.response');
    const { payload } = JSON.parse(await place.locator('.reply pre').textContent());
    assert.equal(payload.symbol, 'MSFT');
    assert.equal(payload.bars.length, 3);
    await place.locator('.reply').scrollIntoViewIfNeeded();
    await picture(page, 'try-reply');
  });

  await check('the form and the JSON are one', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsSubscribe');
    await place.getByLabel('resolution').selectOption('D');
    await place.getByLabel('history').fill('5');
    await place.getByLabel('since').fill('{"epoch": "a", "seq": 1}');
    await place.getByRole('tab', { name: 'JSON' }).click();
    const area = place.getByLabel('Payload as JSON');
    assert.deepEqual(JSON.parse(await area.inputValue()),
      { symbol: 'AAPL', resolution: 'D', history: 5, since: { epoch: 'a', seq: 1 } });
    await area.fill('{"symbol": "MSFT"}');
    await place.getByRole('button', { name: 'Format' }).click();
    assert.equal(await area.inputValue(), '{\n  "symbol": "MSFT"\n}');
    await place.getByRole('tab', { name: 'Form' }).click();
    assert.equal(await place.getByLabel('symbol').inputValue(), 'MSFT');
    assert.equal(await place.getByLabel('resolution').inputValue(), '');
  });

  await check('an example fills the form', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByLabel('Fill in an example').selectOption('year');
    assert.equal(await place.getByLabel('from', { exact: true }).inputValue(), '1199145600000');
    assert.equal(await place.getByLabel('count_back').inputValue(), '');
  });

  await check('what is wrong is said while typing, at its pointer', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsSubscribe');
    const symbol = place.getByLabel('symbol');
    await symbol.fill('');
    await symbol.pressSequentially('aa');
    assert.equal(await symbol.getAttribute('aria-invalid'), 'true');
    await place.getByText('/payload/symbol does not match').waitFor();
    await place.getByLabel('history').fill('many');
    await place.getByText('/payload/history is string, should be integer').waitFor();
    await picture(page, 'try-invalid-form');
    await symbol.fill('');
    await place.getByText('/payload has no "symbol"').waitFor();

    await place.getByRole('tab', { name: 'JSON' }).click();
    const area = place.getByLabel('Payload as JSON');
    await area.fill('{\n  "symbol": "AAPL",\n  "resolution": "7",\n  "colour": "red"\n}');
    await place.getByText('/payload/colour is not known here').waitFor();
    assert.equal(await place.locator('.json-wrong', { hasText: '"7"' }).count(), 1);
    await picture(page, 'try-invalid-json');
    await place.getByRole('button', { name: '/payload/resolution' }).click();
    assert.equal(await area.evaluate((e) => e.value.slice(e.selectionStart, e.selectionEnd)), '"7"');
    // The text in colour lies exactly below the text that is edited.
    const [above, below] = await place.locator('.json-editor > :is(pre, textarea)')
      .evaluateAll((all) => all.map((e) => [e.getBoundingClientRect().height, getComputedStyle(e).font].join(' ')));
    assert.equal(above, below);

    await area.fill('{\n  "symbol": \n}');
    await place.getByText('not JSON at line 3, column 1: a value is missing').waitFor();
    assert.ok(await place.getByRole('button', { name: 'Send' }).isDisabled());
  });

  await check('an error is shown with its code and details', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByRole('tab', { name: 'JSON' }).click();
    const area = place.getByLabel('Payload as JSON');
    await area.fill('{"symbol": "aapl", "from": "monday"}');
    // The keyboard sends, too, and what the schema refuses may be sent all the same.
    await place.getByRole('button', { name: 'Send anyway' }).waitFor();
    await area.press('Control+Enter');
    await place.locator('.reply .bad', { hasText: 'invalid_frame' }).waitFor();
    for (const pointer of ['/payload/symbol', '/payload/from']) {
      await place.locator('.error-body li', { hasText: pointer }).waitFor();
    }
    await picture(page, 'try-error');
    await area.fill('{"symbol": "NOSUCH"}');
    await area.press('Control+Enter');
    await place.locator('.reply .bad', { hasText: 'unknown_symbol' }).waitFor();
    assert.match(await place.locator('.reply-time').textContent(), /^[\d.]+ m?s$/);
  });

  await check('text goes as it is typed', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByRole('tab', { name: 'JSON' }).click();
    // A key given twice is lost by JSON.parse, and refused by the server.
    await place.getByLabel('Payload as JSON').fill('{"symbol": "AAPL", "symbol": "MSFT"}');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply .bad', { hasText: 'invalid_json' }).waitFor();
  });

  await check('a long reply is shown in part, then as a whole', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByLabel('count_back').fill('2000');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.getByRole('button', { name: /Show all/ }).click();
    const { payload } = JSON.parse(await place.locator('.reply pre').textContent());
    assert.equal(payload.bars.length, 2000);
  });

  await check('what is written outlives the closed console', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'symbolsSearch');
    await place.getByLabel('query').fill('micro');
    await place.locator('.console-toggle').click();
    assert.ok(!(await place.getByLabel('query').isVisible()));
    await place.locator('.console-toggle').click();
    assert.equal(await place.getByLabel('query').inputValue(), 'micro');
  });

  await check('a contract with few session messages', { server: vehicles }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'vehicleSubscribe');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply .good', { hasText: 'vehicle.subscribe.response' }).waitFor();
    const { payload } = JSON.parse(await place.locator('.reply pre').textContent());
    const example = (await (await fetch(`${vehicles.base}/ws/asyncapi.json`)).json())
      .components.messages.vehicleUpdate.examples[0].payload;
    const published = await fetch(`${vehicles.base}/publish/${payload.topic}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...example.payload, ...parametersOf(payload.topic) }),
    });
    assert.equal(published.status, 200, await published.text());
    await place.locator('.row', { hasText: 'vehicle.update' }).waitFor();
    // This contract has no `auth`, so nobody is asked for a token.
    assert.equal(await page.getByLabel('Token').count(), 0);
    await picture(page, 'another-contract-tried');
  });

  await check('what is no frame cannot be tried, and that is said', {
    server: played,
    answer: (route) => route.fulfill({ json: {
      asyncapi: '3.0.0', info: { title: 'Plain', version: '1' },
      channels: { c: { address: '/', messages: { m: { name: 'm', payload: { type: 'object' } } } } },
      operations: {
        a: { action: 'receive', channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/c/messages/m' }] },
      },
    } }),
  }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'a');
    assert.match(await place.locator('.hint').textContent(), /m is no frame/);
  });

  await check('a console on a phone', { server: real, ...PHONE }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByLabel('count_back').fill('3');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply-time').waitFor();
    await operationPlace(page, 'barsHistory').evaluate((e) => e.scrollIntoView());
    await eventually('no sideways scroll', () => page.evaluate(() =>
      document.scrollingElement.scrollWidth <= window.innerWidth));
    await picture(page, 'phone-console', { fullPage: false });
    await place.locator('.reply').evaluate((e) => e.scrollIntoView());
    await picture(page, 'phone-reply');
  });
}

/** Of `vehicle:{fleet}:{vehicle_id}`. */
function parametersOf(topic) {
  const [, fleet, vehicle_id] = topic.split(':');
  return { fleet, vehicle_id };
}
