// Pages of other origins: what a visitor's browser lets them do with the server, and what the server does
// (cross-site WebSocket hijacking). The pages are on other ports of this machine, which are other origins.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { here, launch } from './harness.mjs';
import { listen, start } from './servers.mjs';

const TRADE = { price: 1, side: 'buy', size: 1, symbol: 'AAPL', time: 0 };

export async function origins(binary) {
  const [foreign, listed] = [await blank(), await blank()];
  const server = await start(binary, ['--spec', here('../../examples/vehicles.yaml'), '--allow-origin', listed.base]);
  const browser = await launch();
  try {
    const token = server.log.join('\n').match(/#token=(\S+)/)[1];
    const ticket = await ticketFor(server, token);
    await browser.visit(foreign.base, async (page) => {
      const tried = await page.evaluate(attempts, { base: server.base, token, ticket, trade: TRADE });
      for (const [what, came] of Object.entries(tried)) assert.equal(came, 'nothing', `${what} of a foreign page`);
    });
    await browser.visit(listed.base, async (page) => {
      // The ticket is as good as before: the foreign page has not used it up.
      const tried = await page.evaluate(attempts, { base: server.base, token, ticket, trade: TRADE });
      assert.equal(tried['a WebSocket'], 'welcome of anonymous');
      assert.equal(tried['a WebSocket with a ticket'], 'welcome of user');
      for (const path of ['/ops/ping', '/ws-ticket', '/publish/unknown:1']) {
        assert.match(tried[path], /^status (200|404)$/, path);
      }
    });
    console.log('ok    pages of other origins get nothing');
  } finally {
    await browser.close();
    foreign.stop();
    listed.stop();
    await server.stop();
  }
}

/** In the page: what comes of each attempt. */
async function attempts({ base, token, ticket, trade }) {
  const socket = (protocols) => new Promise((done) => {
    const opened = new WebSocket(`${base.replace('http', 'ws')}/ws`, protocols);
    opened.onmessage = ({ data }) => {
      const { type, payload } = JSON.parse(data);
      done(`${type} of ${payload.principal.kind}`);
      opened.close();
    };
    opened.onclose = () => done('nothing');
  });
  const post = async (path, options) => {
    try {
      const answer = await fetch(base + path, { method: 'POST', ...options });
      return `status ${answer.status}`;
    } catch {
      return 'nothing';
    }
  };
  const json = { 'content-type': 'application/json' };
  const bearer = { ...json, authorization: `Bearer ${token}` };
  const tried = {};
  tried['a WebSocket'] = await socket(['tickwire.v1.json']);
  tried['a WebSocket with a ticket'] = await socket(['tickwire.v1.json', `ticket.${ticket}`]);
  tried['/ops/ping'] = await post('/ops/ping', { headers: json, body: '{}' });
  tried['/ws-ticket'] = await post('/ws-ticket', { headers: bearer, body: '{}' });
  tried['/publish/unknown:1'] = await post('/publish/unknown:1', { headers: bearer, body: JSON.stringify(trade) });
  return tried;
}

async function ticketFor(server, token) {
  const answer = await fetch(`${server.base}/ws-ticket`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  return (await answer.json()).ticket;
}

/** A site of its own, with nothing on it. */
function blank() {
  return listen(createServer((_, response) => response.end('<!doctype html><title>a page</title>')), '');
}
