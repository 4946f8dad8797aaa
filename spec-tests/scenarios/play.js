// Plays a scenario: what each kind of step does.

import { snapshot, topicOf, update } from "./contract.js";
import { Driver } from "./driver.js";
import { differences, matches } from "./match.js";
import { Server } from "./server.js";

/** How long a driver may take to start. Interpreters on a busy machine are slow. */
const START_MS = 60000;

/** Everything that went wrong, and what the driver wrote to stderr. */
export async function play(scenario, command, patience) {
  const server = new Server();
  await server.up();
  const driver = new Driver(command, server.address, patience);
  const stage = new Stage(server, driver, patience);
  const faults = [];
  try {
    for (const [index, step] of scenario.steps.entries()) {
      try {
        await stage.perform(step);
      } catch (error) {
        throw new Error(`step ${index + 1}, ${JSON.stringify(step)}: ${error.message}`);
      }
    }
    await stage.settle();
  } catch (error) {
    faults.push(error.message);
    driver.kill();
  }
  const left = [...(await driver.end()), ...stage.left()];
  // After a failed step anything may be left.
  if (!faults.length) faults.push(...left);
  await server.down();
  return { faults, stderr: driver.stderr };
}

class Stage {
  #connection = null;
  #connections = [];
  #named = new Map();

  constructor(server, driver, patience) {
    Object.assign(this, { server, driver, patience });
  }

  async perform(step) {
    const kind = Object.keys(step).find((key) => key in KINDS);
    if (!kind) throw new Error("not a step");
    for (let n = 1; n <= (step.times ?? 1); n++) {
      const one = step.times ? JSON.parse(JSON.stringify(step).replaceAll("{n}", n)) : step;
      await KINDS[kind](this, one);
    }
  }

  /** Until all that the client does of its own accord by now is seen. */
  async settle() {
    await this.#connection?.settle(this.patience);
    this.driver.command({ do: "stats" });
    await this.driver.next({ event: "stats" });
  }

  /** What nobody expected. A client may ask whether the server lives whenever it likes. */
  left() {
    const frames = this.#connections.flatMap((connection) => connection.frames.drain()).filter(({ frame }) => frame?.type !== "ping");
    return [
      ...frames.map(({ frame, fault }) => `not expected from the client: ${fault ?? JSON.stringify(frame)}`),
      ...this.server.handshakes.drain().map(() => "not expected: another connection"),
    ];
  }

  handshake() {
    const patience = this.#connection ? this.patience : Math.max(this.patience, START_MS);
    return this.server.handshakes.next(patience, "a connection");
  }

  get connection() {
    if (!this.#connection) throw new Error("there is no connection");
    return this.#connection;
  }

  set connection(connection) {
    this.#connection = connection;
    this.#connections.push(connection);
  }

  async frame(what) {
    const received = await this.connection.frames.next(this.patience, what);
    if (received.fault) throw new Error(received.fault);
    return received;
  }

  name(name, value) {
    if (name) this.#named.set(name, value);
  }

  named(name) {
    const value = this.#named.get(name);
    if (!value) throw new Error(`nothing is called ${name}`);
    return value;
  }
}

const KINDS = {
  do: (stage, { times, ...command }) => stage.driver.command(command),

  async expect(stage, { expect, skipping }) {
    const event = await stage.driver.next(expect, skipping && ((one) => matches(skipping, one)));
    same(expect, event);
  },

  async accept(stage, { accept }) {
    stage.connection = await (await stage.handshake()).accept();
    if (accept.welcome !== false) stage.connection.send(welcomeFrame(accept));
  },
  welcome: (stage, { welcome }) => stage.connection.send(welcomeFrame(welcome)),
  refuse: async (stage, { refuse, headers }) => (await stage.handshake()).refuse(refuse, headers),
  down: (stage) => stage.server.down(),
  up: (stage) => stage.server.up(),

  async receive(stage, { receive, as }) {
    const { frame } = await stage.frame(`the frame ${JSON.stringify(receive)}`);
    same(receive, frame);
    stage.name(as, [frame]);
  },
  answer: (stage, { answer, type, payload }) => stage.connection.send({ type, msg_id: stage.named(answer)[0].msg_id, payload }),
  fail(stage, { fail, error }) {
    for (const { msg_id, type } of stage.named(fail)) stage.connection.send({ type: "error", msg_id, payload: errorPayload({ request_type: type, ...error }) });
  },

  async subscribes(stage, { subscribes, as, ...demands }) {
    stage.name(as, await topics(stage, subscribes, "subscribe", demands));
  },
  async unsubscribes(stage, { unsubscribes, as }) {
    stage.name(as, await topics(stage, unsubscribes.map((topic) => ({ topic })), "unsubscribe", {}));
  },
  confirm(stage, { confirm, results = {} }) {
    for (const frame of stage.named(confirm)) stage.connection.send(confirmation(frame, results));
  },

  update: (stage, step) => several(step, (seq) => stage.connection.send(update(step.update, seq))),
  snapshot: (stage, step) => several(step, (seq) => stage.connection.send(snapshot(step.snapshot, seq))),
  push: (stage, { push, payload }) => stage.connection.send({ type: push, payload: push === "error" ? errorPayload(payload) : payload }),
  send(stage, { send, answer_to }) {
    const msg_id = answer_to ? stage.named(answer_to)[0].msg_id : "push";
    stage.connection.text(JSON.stringify({ msg_id, direction: "s2c", timestamp: new Date().toISOString(), ...send }));
  },
  text: (stage, { text }) => stage.connection.text(text),
  close: (stage, { close, reason = "as the scenario says" }) => stage.connection.close(close, reason),
  async cut(stage) {
    // A reset discards what is on its way, so let that arrive.
    await stage.connection.settle(stage.patience);
    stage.connection.cut();
  },
  closes: async (stage, { closes }) => same(closes, await stage.connection.closes.next(stage.patience, "the client's close")),
};

function same(expected, actual) {
  const found = differences(expected, actual);
  if (found.length) throw new Error(`${found.join("; ")} in ${JSON.stringify(actual)}`);
}

function several({ seq, from = seq, to = from }, send) {
  for (let n = from; n <= to; n++) send(n);
}

/** Takes frames until exactly the wanted topics have been named, from the wanted positions. */
async function topics(stage, wanted, verb, { batch, frames: count, max_bytes = Infinity }) {
  const missing = new Map(wanted.flatMap(({ times = 1, ...entry }) =>
    Array.from({ length: times }, (_, index) => JSON.parse(JSON.stringify(entry).replaceAll("{n}", index + 1))))
    .map((entry) => [entry.topic, entry]));
  const frames = [];
  while (missing.size) {
    const { frame, size } = await stage.frame(`${verb} of ${[...missing.keys()].join(", ")}`);
    if (size > max_bytes) throw new Error(`a frame of ${size} bytes`);
    const entries = topicsOf(frame, verb);
    if (!entries) throw new Error(`${JSON.stringify(frame)} instead of ${verb} of ${[...missing.keys()].join(", ")}`);
    if (batch && frame.type !== verb) throw new Error(`${frame.type} instead of a batch`);
    for (const { topic, since, history } of entries) {
      const entry = missing.get(topic);
      if (!entry) throw new Error(`${verb} of ${topic} was not expected`);
      same(entry.since ?? { $absent: true }, since);
      if (entry.history) same(entry.history, history);
      missing.delete(topic);
    }
    frames.push(frame);
  }
  if (count && frames.length !== count) throw new Error(`${frames.length} frames instead of ${count}`);
  return frames;
}

/** The topics that a frame subscribes to, in a batch or by a family's request. */
function topicsOf({ type, payload }, verb) {
  if (type === verb) {
    const options = new Map((payload.options ?? []).map((entry) => [entry.topic, entry]));
    return payload.topics.map((topic) => ({ topic, ...options.get(topic) }));
  }
  const [family, what] = type.split(".");
  if (what !== verb) return undefined;
  return [{ topic: topicOf(family, payload), since: payload.since, history: payload.history }];
}

/** The answer to a frame that subscribes or unsubscribes. */
function confirmation({ type, msg_id, payload }, results) {
  if (type === "unsubscribe") {
    const left = payload.topics.map((topic) => ({ topic, status: "unsubscribed", message: "unsubscribed" }));
    return { type: "unsubscription_confirmed", msg_id, payload: { results: left } };
  }
  const [family, verb] = type.split(".");
  if (verb === "unsubscribe") {
    return { type: `${type}.response`, msg_id, payload: { topic: topicOf(family, payload), status: "unsubscribed", message: "unsubscribed" } };
  }
  if (type === "subscribe") {
    return { type: "subscription_confirmed", msg_id, payload: { results: payload.topics.map((topic) => result(topic, results)) } };
  }
  const { error, ...one } = result(topicOf(family, payload), results);
  if (error) return { type: "error", msg_id, payload: errorPayload({ request_type: type, ...error }) };
  return { type: `${type}.response`, msg_id, payload: one };
}

function result(topic, results) {
  const { refused, retryable = false, ...position } = results[topic] ?? {};
  if (refused) return { topic, status: "refused", message: "refused", error: { code: refused, retryable } };
  return { topic, status: "subscribed", message: "subscribed", epoch: "e1", seq: 0, ...position };
}

function errorPayload(error) {
  return { severity: "business_logic_error", message: "as the scenario says", retryable: false, details: [], ...error };
}

function welcomeFrame({ heartbeat_interval_ms = 30000, limits }) {
  return {
    type: "welcome",
    payload: {
      connection_id: "efde3014-b43d-4297-8082-142f1430a026", protocol: "tickwire.v1.json",
      server: { name: "scenarios", version: "0.1.0" }, contract: { title: "Scenarios", version: "0.1.0" },
      server_time: new Date().toISOString(), principal: { kind: "anonymous" }, heartbeat_interval_ms,
      limits: {
        max_connection_age_ms: 3600000, max_frame_bytes: 65536, max_frames_per_second: 1000,
        max_invalid_frames: 10, max_requests_in_flight: 32, max_subscriptions: 1024, ...limits,
      },
    },
  };
}
