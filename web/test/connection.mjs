// The bar at the bottom: state, token, subprotocol, latency, and why a connection ended.
import assert from 'node:assert/strict';
import { consoleOf, eventually, PHONE, picture, shown } from './harness.mjs';

const TOKEN = 'a-token-of-nobody';

export async function connection({ check, real, vehicles, played, token }) {
  const dock = (page) => page.getByRole('region', { name: 'Connection' });
  const state = (page) => dock(page).locator('.state').textContent();
  const connect = (page) => dock(page).getByRole('button', { name: 'Connect', exact: true }).click();
  /** A server that answers pings, and does `then` with the rest. */
  const play = (then = () => {}, welcome = () => {}) => {
    played.play = (socket, protocol) => {
      const say = (frame) => socket.send(JSON.stringify({ direction: 's2c', ...frame }));
      welcome(socket, say, protocol);
      socket.on('message', (data) => {
        const frame = JSON.parse(data);
        if (frame.type === 'ping') say({ type: 'pong', msg_id: frame.msg_id, payload: {} });
        else then(frame, say, socket);
      });
    };
  };

  await check('connect, latency, disconnect', { server: real }, async (page) => {
    await shown(page);
    assert.match(await state(page), /Not connected/);
    await connect(page);
    await dock(page).getByText('Connected', { exact: true }).waitFor();
    await eventually('latency', () => dock(page).locator('.latency').textContent(), (text) => /^[\d.]+ m?s$/.test(text));
    await picture(page, 'connected');
    await dock(page).getByRole('button', { name: 'Disconnect' }).click();
    await dock(page).getByText('Closed 1000').waitFor();
    await connect(page);
    await dock(page).getByText('Connected', { exact: true }).waitFor();
  });

  for (const protocol of ['tickwire.v1.json', 'tickwire.v1.msgpack']) {
    await check(`the subprotocol ${protocol}`, { server: real }, async (page) => {
      await shown(page);
      await dock(page).getByLabel('Subprotocol').selectOption(protocol);
      const sockets = [];
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => sockets.push(typeof payload)));
      const place = await consoleOf(page, 'barsSubscribe');
      await place.getByRole('button', { name: 'Send' }).click();
      await place.locator('.reply .good', { hasText: 'bars.subscribe.response' }).waitFor();
      await place.locator('.row', { hasText: 'bars.update' }).first().waitFor();
      assert.ok(await dock(page).getByLabel('Subprotocol').isDisabled());
      await dock(page).locator('.dock-toggle').click();
      await dock(page).getByLabel('Type').selectOption('welcome');
      await dock(page).locator('.row').first().click();
      const welcome = JSON.parse(await dock(page).locator('.row-whole pre').textContent());
      assert.equal(welcome.payload.protocol, protocol);
      const expected = protocol.endsWith('json') ? 'string' : 'object';
      assert.ok(sockets.length > 2 && sockets.every((kind) => kind === expected), `${protocol}: ${new Set(sockets)}`);
    });
  }

  await check('without ping in the contract there is no latency', {
    server: vehicles,
    answer: async (route) => {
      const contract = await (await fetch(`${vehicles.base}/ws/asyncapi.json`)).json();
      delete contract.operations.ping;
      await route.fulfill({ json: contract });
    },
  }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'vehicleSubscribe');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply .good').waitFor();
    assert.equal(await dock(page).locator('.latency').count(), 0);
  });

  // What the server does on purpose, and what the page makes of it.
  const closes = [
    [1012, 'server is restarting', /The server is restarting.*Reconnect with jitter, resume/],
    [4400, 'too many invalid frames', /Too many invalid frames.*Stop, fix/],
    [4401, '', /Not authenticated.*valid token/],
    [4410, '', /maximum age.*nothing is wrong/],
    [4440, '', /token expired.*Get a new one/],
    [4450, '', /reads too slowly.*Reconnect at once/],
    [4999, 'for reasons', /does not know/],
  ];
  for (const [code, reason, expected] of closes) {
    play((_, __, socket) => socket.close(code, reason));
    await check(`a close with ${code} is explained`, { server: played }, async (page) => {
      await shown(page);
      const place = await consoleOf(page, 'barsHistory');
      await place.getByRole('button', { name: 'Send' }).click();
      await place.locator('.reply .bad', { hasText: `the connection ended (${code})` }).waitFor();
      const text = await state(page);
      assert.match(text, new RegExp(`Closed ${code}`));
      assert.match(text, expected);
      if (reason) assert.match(await dock(page).locator('.ended').getAttribute('title'), new RegExp(reason));
      if (code === 4410) await picture(page, 'closed');
    });
  }

  await check('a close on a phone', { server: played, ...PHONE }, async (page) => {
    await shown(page);
    const place = await consoleOf(page, 'barsHistory');
    await place.getByRole('button', { name: 'Send' }).click();
    await dock(page).getByText('Closed 4999').waitFor();
    await picture(page, 'phone-closed');
  });

  played.play = (socket) => socket.terminate();
  await check('a connection that is lost is told from one that never was', { server: played }, async (page) => {
    await shown(page);
    await connect(page);
    await dock(page).getByText('Closed 1006').waitFor();
    assert.match(await state(page), /Lost without a close/);
  });
  const refused = { ...played, base: `${played.base}/refused` };
  await check('no connection comes about', {
    server: played, open: false, expected: [/WebSocket connection to .* failed/, /Failed to load/],
  }, async (page) => {
    // The page as if it lay elsewhere, where no WebSocket is.
    await page.route('**/refused/ws/**', (route) => route.continue({ url: route.request().url().replace('/refused', '') }));
    await page.goto(`${refused.base}/ws/asyncapi`);
    await shown(page);
    await connect(page);
    await dock(page).getByText('No connection came about.').waitFor();
  });

  const authenticated = [];
  play((frame, say) => {
    if (frame.type === 'auth') {
      authenticated.push(frame.payload.token);
      if (frame.payload.token !== TOKEN) {
        return say({ type: 'error', msg_id: frame.msg_id, payload: { code: 'unauthenticated', message: 'no such token' } });
      }
      return say({ type: 'auth.response', msg_id: frame.msg_id, payload: {} });
    }
    say({ type: 'status_response', msg_id: frame.msg_id, payload: { authenticated: authenticated.length > 0 } });
  });
  await check('the link that a server prints has a token', { server: real, hash: `#token=${token}` }, async (page) => {
    await shown(page);
    assert.equal(new URL(page.url()).hash, '');
    assert.equal(await dock(page).getByLabel('Token').inputValue(), token);
    await connect(page);
    await dock(page).getByText('authenticated').waitFor();
    const place = await consoleOf(page, 'getStatus');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply .good', { hasText: 'status_response' }).waitFor();
    assert.match(await place.locator('.reply pre').textContent(), /"kind": "user"/);
  });

  await check('a token is sent first of all, and kept by this tab only', { server: played }, async (page) => {
    await shown(page);
    await dock(page).getByLabel('Token').fill(TOKEN);
    const place = await consoleOf(page, 'getStatus');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply .good', { hasText: 'status_response' }).waitFor();
    await dock(page).getByText('authenticated').waitFor();
    assert.deepEqual(authenticated, [TOKEN]);
    assert.match(await place.locator('.reply pre').textContent(), /"authenticated": true/);
    await picture(page, 'authenticated');
    // It is in no list of frames, no snippet, and nothing that outlives the tab.
    await dock(page).locator('.dock-toggle').click();
    for (const tab of ['TypeScript', 'Python', 'websocat', 'curl']) {
      await place.getByRole('tab', { name: tab }).click();
      assert.ok(!(await page.locator('body').textContent()).includes(TOKEN), `${tab} has the token`);
    }
    assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage) + document.cookie)).includes(TOKEN));
    await page.reload();
    await shown(page);
    assert.equal(await dock(page).getByLabel('Token').inputValue(), TOKEN);
    assert.equal(await dock(page).getByLabel('Token').getAttribute('type'), 'password');
  });
  await check('a token that is refused', { server: played }, async (page) => {
    await shown(page);
    await dock(page).getByLabel('Token').fill('wrong');
    await connect(page);
    await dock(page).getByText('unauthenticated: no such token').waitFor();
  });
  await check('without a token, none is sent', { server: played }, async (page) => {
    await shown(page);
    authenticated.length = 0;
    const place = await consoleOf(page, 'getStatus');
    await place.getByRole('button', { name: 'Send' }).click();
    await place.locator('.reply .good').waitFor();
    assert.deepEqual(authenticated, []);
  });
  played.play = () => {};
}
