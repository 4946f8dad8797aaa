// What every client goes through, written against the WebSocket of browsers. It runs in a browser,
// too, so it imports nothing.

const SYMBOL = "SYN0001";
const TOPIC = `trades:${SYMBOL}`;
/** Longer than anything here takes, also on a busy machine. */
const PATIENCE_MS = 20_000;

/**
 * Runs the scenario and returns what was agreed on, in words. Throws at the first fault.
 *
 * `connect(url, protocol)` gives a WebSocket; `cutOff()` breaks every connection on its way;
 * `msgpack` is the package `@msgpack/msgpack`.
 */
export async function run({ connect, cutOff, url, protocol, msgpack }) {
  // How frames are written, by subprotocol.
  const codecs = {
    "tickwire.v1.json": { encode: JSON.stringify, decode: JSON.parse },
    "tickwire.v1.msgpack": msgpack,
  };
  const open = () => Client.open(connect, url, protocol, codecs[protocol]);
  let client = await open();
  const agreed = client.agreed;

  equal((await client.ask("ping", {})).type, "pong", "the answer to a ping");

  const invalid = await client.ask("ping", { surplus: 1 });
  equal(invalid.payload.code, "invalid_frame", "the answer to an invalid frame");
  equal(invalid.type, "error", "its type");
  equal((await client.ask("ping", {})).type, "pong", "the answer after it");

  const subscribed = (await client.ask("trades.subscribe", { symbol: SYMBOL })).payload;
  equal(subscribed.status, "subscribed", "the answer to trades.subscribe");
  const { epoch } = subscribed;
  // Silent for longer than the server waits for a pong.
  let seq = await client.follow(TOPIC, subscribed.seq, 250);

  const topics = [`quotes:${SYMBOL}`, `bars:${SYMBOL}:1`];
  const batch = (await client.ask("subscribe", { topics })).payload.results;
  same(batch.map(({ topic, status }) => [topic, status]), topics.map((topic) => [topic, "subscribed"]), "the batch");
  for (const topic of topics) await client.next(`update of ${topic}`, (frame) => frame.topic === topic);
  const left = (await client.ask("unsubscribe", { topics })).payload.results;
  same(left.map(({ status }) => status), ["unsubscribed", "unsubscribed"], "the end of the batch");
  client.forget();
  seq = await client.follow(TOPIC, seq, 10);
  ok(!client.unread.some(({ topic }) => topics.includes(topic)), "an update after an unsubscribe");

  await cutOff();
  equal((await client.closed).wasClean, false, "whether a broken connection was closed cleanly");
  client = await open();
  const resumed = (await client.ask("trades.subscribe", { symbol: SYMBOL, since: { epoch, seq } })).payload;
  same([resumed.recovered, resumed.epoch], [true, epoch], "the answer to a resume");
  const missed = resumed.seq - seq;
  ok(missed >= 0, `the stream is at ${resumed.seq}, we had ${seq} already`);
  seq = await client.follow(TOPIC, seq, missed + 10);

  const status = (await client.ask("get_status", {})).payload;
  same(status.subscriptions.map(({ topic }) => topic), [TOPIC], "what is subscribed to");
  const unsubscribed = (await client.ask("trades.unsubscribe", { symbol: SYMBOL })).payload;
  equal(unsubscribed.status, "unsubscribed", "the answer to trades.unsubscribe");

  client.socket.close(1000);
  const { code, wasClean } = await within("the close", client.closed);
  same([code, wasClean], [1000, true], "the close");
  return agreed;
}

class Client {
  /** Frames that nobody has asked for yet. */
  unread = [];
  #requests = 0;
  #waiting = [];

  static async open(connect, url, protocol, codec) {
    const client = new Client();
    const socket = connect(url, protocol);
    socket.binaryType = "arraybuffer";
    client.socket = socket;
    client.codec = codec;
    socket.addEventListener("message", ({ data }) => client.#receive(data));
    client.closed = new Promise((resolve) => socket.addEventListener("close", resolve));
    client.closed.then(({ code }) => client.#waiting.splice(0).forEach(({ reject }) => reject(new Error(`closed with ${code}`))));
    const welcome = await client.next("welcome", ({ type }) => type === "welcome");
    equal(socket.protocol, protocol, "the subprotocol");
    equal(welcome.payload.protocol, protocol, "the subprotocol in welcome");
    client.agreed = `${protocol}, ${socket.extensions || "no extension"}`;
    return client;
  }

  /** Sends a request and returns its answer. */
  ask(type, payload) {
    const msg_id = `${++this.#requests}`;
    this.socket.send(this.codec.encode({ type, msg_id, payload }));
    return this.next(`answer to ${type}`, (frame) => frame.msg_id === msg_id);
  }

  /** Takes so many updates of a topic, which have to go on behind `seq`; the last one's number. */
  async follow(topic, seq, count) {
    for (const end = seq + count; seq < end; seq += 1) {
      const update = await this.next(`update ${seq + 1} of ${topic}`, (frame) => frame.topic === topic);
      equal(update.seq, seq + 1, `the update of ${topic} after ${seq}`);
    }
    return seq;
  }

  /** The next frame that `wanted` accepts; others stay for whoever wants them. */
  next(what, wanted) {
    const index = this.unread.findIndex(wanted);
    if (index >= 0) return Promise.resolve(this.unread.splice(index, 1)[0]);
    return within(what, new Promise((resolve, reject) => this.#waiting.push({ wanted, resolve, reject })));
  }

  /** Drops what nobody has asked for, but for the updates that are followed. */
  forget() {
    this.unread = this.unread.filter(({ topic }) => topic === TOPIC);
  }

  #receive(data) {
    const frame = this.codec.decode(data);
    const index = this.#waiting.findIndex(({ wanted }) => wanted(frame));
    if (index >= 0) this.#waiting.splice(index, 1)[0].resolve(frame);
    else this.unread.push(frame);
  }
}

function within(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function ok(holds, what) {
  if (!holds) throw new Error(what);
}

function equal(actual, expected, what) {
  ok(actual === expected, `${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

function same(actual, expected, what) {
  equal(JSON.stringify(actual), JSON.stringify(expected), what);
}
