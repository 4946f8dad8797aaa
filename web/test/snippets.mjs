// What the page writes as code is run as it stands, against the server that it names.
import assert from 'node:assert/strict';
import { consoleOf, picture, shown } from './harness.mjs';

export async function snippets({ check, real }) {
  async function code(place, language) {
    await place.getByRole('tab', { name: language }).click();
    return place.locator('.snippets pre').textContent();
  }

  await check('code follows what is written', { server: real }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByLabel('symbol').fill('MSFT');
    await place.getByLabel('count_back').fill('2');
    for (const language of ['TypeScript', 'Python', 'websocat', 'curl']) {
      const text = await code(place, language);
      assert.ok(text.includes('MSFT'), `${language}: ${text}`);
      await picture(page, `snippet-${language}`);
    }
    // The next operation is shown in the same language.
    const other = await consoleOf(page, 'ping');
    assert.equal(await other.getByRole('tab', { name: 'curl' }).getAttribute('aria-selected'), 'true');
  });
}
