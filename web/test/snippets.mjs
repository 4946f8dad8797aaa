// What the page writes as code is run as it stands, against the server that it names.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleOf, picture, shown } from './harness.mjs';

const PYTHON = process.env.PYTHON ?? 'python3';
const WEBSOCAT = process.env.WEBSOCAT ?? 'websocat';
/** Node has a WebSocket of its own from 22 on; before, behind a flag. */
const NODE = ['node', ...(Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-websocket'] : [])];

/** How each is run: what has to be fetched before, and the command. */
const RUNS = {
  TypeScript: {
    // The snippet is JavaScript as well, and Node runs no TypeScript of its own accord.
    fetch: (text) => /curl -OJ (\S+)/.exec(text)[1].replace(/typescript$/, 'typescript.js'),
    file: 'snippet.mjs',
    command: [...NODE, 'snippet.mjs'],
  },
  Python: {
    fetch: (text) => /curl -OJ (\S+)/.exec(text)[1],
    file: 'snippet.py',
    command: [PYTHON, 'snippet.py'],
  },
  websocat: { file: 'snippet.sh', command: ['sh', 'snippet.sh'] },
  curl: { file: 'snippet.sh', command: ['sh', 'snippet.sh'] },
};

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

  // A server hands out no client in whose language it cannot write its contract.
  const missing = [];
  for (const [language, address] of [['TypeScript', 'typescript.js'], ['Python', 'python']]) {
    const { status } = await fetch(`${real.base}/ws/clients/${address}`, { method: 'HEAD' });
    assert.ok([200, 404].includes(status), `${address}: ${status}`);
    if (status === 404) missing.push(language);
  }
  if (missing.length > 0) console.log(`      no client, so not run: ${missing.join(', ')}`);
  const calls = [
    ['barsHistory', { symbol: 'MSFT', count_back: '2' }, /MSFT/, Object.keys(RUNS)],
    ['symbolsSearch', { query: "it's" }, /symbols/, ['curl', 'TypeScript', 'Python']],
    ['ping', {}, /server_time|serverTime/, ['curl', 'websocat', 'TypeScript']],
    // The stream ends when the test has seen enough of it.
    ['barsSubscribe', { symbol: 'MSFT' }, /close\W.*\bMSFT|MSFT.*\bclose\W/s, ['TypeScript', 'Python', 'websocat']],
    ['tradesSubscribe', { symbol: 'MSFT', history: '1' }, /price/, ['TypeScript', 'Python', 'websocat']],
    ['barsUnsubscribe', {}, /^/, ['TypeScript', 'Python']],
  ];
  for (const [id, fields, expected, languages] of calls) {
    const runnable = languages.filter((language) => !missing.includes(language));
    await check(`the code of ${id} runs: ${runnable.join(', ')}`, { server: real }, async (page) => {
      await shown(page);
      const place = await consoleOf(page, id);
      for (const [name, value] of Object.entries(fields)) await place.getByLabel(name).fill(value);
      for (const language of runnable) await run(language, await code(place, language), expected);
    });
  }
}

/** Runs a snippet in a folder of its own until it has printed what is expected. */
async function run(language, text, expected) {
  const { fetch: address, file, command } = RUNS[language];
  const folder = await mkdtemp(join(tmpdir(), 'snippet-'));
  try {
    if (address) await until(['curl', '-sSfOJ', address(text)], folder);
    // Both ways that websocat is shown for a topic would run one after the other.
    const alone = text.split('\n\n# or by a frame')[0].replaceAll(/^(\s*)websocat /gm, `$1${WEBSOCAT} `);
    await writeFile(join(folder, file), language === 'websocat' ? alone : text);
    await until(command, folder, expected);
  } catch (error) {
    throw new Error(`${language}: ${error.message}\n${text}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Resolves when the command has printed `expected`, or ended well where nothing is expected. */
function until([command, ...args], cwd, expected) {
  return new Promise((resolve, reject) => {
    // Its own group, so that a shell's children end with it; an open input, as that of a terminal.
    const child = spawn(command, args, { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let printed = '';
    let said = '';
    const end = (result) => {
      clearTimeout(timer);
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
      result();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`still running: ${printed}${said}`))), 20_000);
    child.stdout.on('data', (data) => {
      printed += data;
      if (expected && expected.source !== '^' && expected.test(printed)) end(resolve);
    });
    child.stderr.on('data', (data) => { said += data; });
    child.on('error', (error) => end(() => reject(error)));
    child.on('close', (status) => {
      if (status === 0 && (!expected || expected.test(printed))) end(resolve);
      else end(() => reject(new Error(`ended with ${status}: ${printed}${said}`)));
    });
  });
}
