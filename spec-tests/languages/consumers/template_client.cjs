// The client that the official JavaScript template makes, against a running server: its URL follows.

const assert = require("node:assert/strict");
const Tickwire = require("./javascript/client");

const PATIENCE_MS = 30_000;

async function main(url) {
  const frames = [];
  let arrived = () => {};
  const client = new Tickwire(url);
  client.registerMessageHandler((text) => {
    frames.push(JSON.parse(text));
    arrived();
  });
  async function next() {
    while (frames.length === 0) await new Promise((resolve) => (arrived = resolve));
    return frames.shift();
  }

  await client.connect();
  assert.equal((await next()).type, "welcome");
  await client.ping({ type: "ping", msg_id: "1", payload: {} });
  const pong = await next();
  assert.deepEqual([pong.type, pong.msg_id], ["pong", "1"]);
  await client.barsSubscribe({ type: "bars.subscribe", msg_id: "2", payload: { symbol: "AAPL" } });
  assert.equal((await next()).type, "bars.subscribe.response");
  assert.equal((await next()).type, "bars.update");
  client.close();
}

const patience = setTimeout(() => assert.fail("the server does not answer"), PATIENCE_MS);
main(process.argv[2]).then(() => clearTimeout(patience));
