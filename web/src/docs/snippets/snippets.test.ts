import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { api, FILES } from '../testing/contracts';
import { call } from './call';
import { camel, module, snake } from './names';
import { literal as python, python as pythonSnippet } from './python';
import { curl, websocat, word } from './shell';
import { literal as typescript, typescript as typescriptSnippet } from './typescript';

const urls = { socket: 'ws://h/ws', operations: 'http://h/ops/', clients: 'http://h/ws/clients/' };

function snippets(id: string, payload: unknown, name: keyof typeof FILES = 'tickwire', token = false) {
  const one = api(name);
  const operation = one.operations.get(id);
  const message = operation?.messages[0];
  if (!operation || !message) throw new Error(`no operation ${id}`);
  const made = call({ api: one, token, urls }, operation, message, payload);
  return { typescript: typescriptSnippet(made), python: pythonSnippet(made), websocat: websocat(made), curl: curl(made) };
}

test('a request', () => {
  const made = snippets('barsHistory', { symbol: 'AAPL', from: 1, to: 2 });
  expect(made.typescript).toContain("await tw.barsHistory({ symbol: 'AAPL', from: 1, to: 2 });");
  expect(made.python).toContain('await tw.bars_history(symbol="AAPL", from_=1, to=2)');
  expect(made.websocat).toContain(`'{"type":"bars.history","msg_id":"1","payload":{"symbol":"AAPL","from":1,"to":2}}'`);
  expect(made.curl).toBe(`curl -s http://h/ops/bars.history \\\n  --json '{"symbol":"AAPL","from":1,"to":2}'`);
});

test('a topic', () => {
  const made = snippets('barsSubscribe', { symbol: 'AAPL', resolution: '1' });
  expect(made.typescript).toContain("const bars = tw.bars({ symbol: 'AAPL', resolution: '1' });\nfor await (");
  expect(made.python).toContain('async for item in tw.bars(symbol="AAPL", resolution="1"):');
  expect(made.websocat).toContain("websocat 'ws://h/ws/bars:AAPL:1'");
  expect(made.curl).toMatch(/^# A topic is a stream .* Use websocat\.$/s);
});

test('where a subscription begins is an option', () => {
  const made = snippets('barsSubscribe', { symbol: 'AAPL', history: 5 });
  expect(made.typescript).toContain("tw.bars({ symbol: 'AAPL' }, { history: 5 });");
});

test('the client of another contract is another file', () => {
  expect(snippets('ping', {}, 'vehicles').typescript).toContain("from './fleet-telemetry.js';");
  expect(['Tickwire', 'Harbour <Master>', '…'].map(module)).toEqual(['tickwire', 'harbour-master', 'client']);
});

test('an address says no more than a topic', () => {
  expect(snippets('barsSubscribe', { symbol: 'AAPL', history: 5 }).websocat).not.toContain('/bars:');
  expect(snippets('barsSubscribe', { resolution: '1' }).websocat).not.toContain('/bars:');
});

test('what curl cannot do is not pretended', () => {
  for (const id of ['getStatus', 'subscribe', 'unsubscribe', 'barsUnsubscribe', 'auth']) {
    expect(snippets(id, {}).curl, id).toMatch(/^#/);
  }
  expect(snippets('ping', {}).curl).toMatch(/^curl/);
});

test('a token is asked for where the contract knows tokens', () => {
  const made = snippets('ping', {}, 'tickwire', true);
  for (const text of Object.values(made)) expect(text).toContain('TOKEN');
  for (const text of Object.values(snippets('ping', {}, 'vehicles', true))) expect(text).not.toContain('TOKEN');
});

test('every operation of every contract has its snippets', () => {
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
    for (const [id, operation] of api(name).operations) {
      if (operation.action === 'send' || operation.messages.length === 0) continue;
      for (const text of Object.values(snippets(id, { a: 1 }, name))) expect(text, id).not.toMatch(/undefined|NaN/);
    }
  }
});

test.each([
  ['bars', 'bars', 'bars'],
  ['fleet_alert', 'fleetAlert', 'fleet_alert'],
  ['portfolio.updates', 'portfolioUpdates', 'portfolio_updates'],
  ['barsHistory', 'barsHistory', 'bars_history'],
])('%s is %s and %s', (name, inTypescript, inPython) => {
  expect([camel(name), snake(name)]).toEqual([inTypescript, inPython]);
});

const VALUES = [
  'plain', `it's "quoted" \\ and\nbroken`, 0, -1.5, true, false, null, [], {}, ['a', 1], { 'a-b': { c: [null] } }, 'é🦀',
];

test.each(VALUES)('%j is itself in TypeScript', (value) => {
  // The snippet is written for people to run; so does the test.
  expect(new Function(`return ${typescript(value)}`)()).toEqual(value);
});

test.each(VALUES)('%j is itself in Python', (value) => {
  const program = `import json; print(json.dumps(${python(value)}))`;
  expect(JSON.parse(execFileSync('python3', ['-c', program], { encoding: 'utf8' }))).toEqual(value);
});

test.each([`it's`, '$HOME `id` "x" \\', "''", 'a\nb', ''])('%j is one word of a shell', (text) => {
  expect(execFileSync('sh', ['-c', `printf %s ${word(text)}`], { encoding: 'utf8' })).toBe(text);
});
