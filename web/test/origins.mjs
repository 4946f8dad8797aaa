// Pages of other origins: what a visitor's browser lets them do with the server, and what the server does
// (cross-site WebSocket hijacking). The pages are on other ports of this machine, which are other origins.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { eventually, here } from './harness.mjs';
import { listen, start } from './servers.mjs';

const TOPIC = '/publish/vehicle:north:TW-1042';
const MOVED = { fleet: 'north', vehicle_id: 'TW-1042', time: 0, latitude: 0, longitude: 0, speed_kmh: 0, ignition: false };

export async function origins({ visit, binary }) {
  const [foreign, listed] = [await blank(), await blank()];
  const server = await start(binary, ['--spec', here('../../examples/vehicles.yaml'), '--allow-origin', listed.base]);
  try {
    const [, token] = await eventually('a token', () => server.log.join('\n').match(/#token=(\S+)/));
    const ticket = await ticketFor(server, token);
    await visit(foreign.base, async (page) => {
      const tried = await page.evaluate(attempts, { base: server.base, token, ticket, topic: TOPIC, update: MOVED });
      for (const [what, came] of Object.entries(tried)) assert.equal(came, 'nothing', `${what} of a foreign page`);
    });
    await visit(listed.base, async (page) => {
      // The ticket is as good as before: the foreign page has not used it up.
      const tried = await page.evaluate(attempts, { base: server.base, token, ticket, topic: TOPIC, update: MOVED });
      assert.equal(tried['a WebSocket'], 'open');
      assert.equal(tried['a WebSocket with a ticket'], 'open');
      assert.equal(tried['a request'], 200);
      assert.equal(tried['a ticket'], 200);
      // It is the first: nothing of the foreign page's has got in.
      assert.equal(tried['an update'], 'number 1');
      assert.equal(tried['an update without asking first'], 415);
    });
    console.log('ok    pages of other origins get nothing');
  } finally {
    foreign.stop();
    listed.stop();
    await server.stop();
  }
}

/** In the page: what comes of each attempt. */
async function attempts({ base, token, ticket, topic, update }) {
  const socket = (protocols) => new Promise((done) => {
    const opened = new WebSocket(`${base.replace('http', 'ws')}/ws`, protocols);
    opened.onopen = () => {
      done('open');
      opened.close();
    };
    opened.onclose = () => done('nothing');
  });
  const post = async (path, options) => {
    try {
      const answer = await fetch(base + path, { method: 'POST', ...options });
      const { seq } = await answer.json();
      return seq === undefined ? answer.status : `number ${seq}`;
    } catch {
      return 'nothing';
    }
  };
  const json = { 'content-type': 'application/json' };
  const bearer = { ...json, authorization: `Bearer ${token}` };
  const tried = {};
  tried['a WebSocket'] = await socket(['tickwire.v1.json']);
  tried['a WebSocket with a ticket'] = await socket(['tickwire.v1.json', `ticket.${ticket}`]);
  tried['a request'] = await post('/ops/ping', { headers: json, body: '{}' });
  tried['a ticket'] = await post('/ws-ticket', { headers: bearer, body: '{}' });
  tried['an update'] = await post(topic, { headers: bearer, body: JSON.stringify(update) });
  // What a browser sends to another origin without a preflight.
  tried['an update without asking first'] = await post(topic, { body: JSON.stringify(update) });
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
