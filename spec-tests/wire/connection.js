// A WebSocket client that trusts nothing: every frame is held against the contract, and the
// updates of each topic have to be asked for, and in order.

import WebSocket from "ws";
import { within } from "./time.js";

const PATIENCE_MS = 10_000;

export class Connection {
  #unread = [];
  #waiting = [];
  #contract;
  #coverage;
  #topics = new Map();

  /** What the server did wrong, as sentences. */
  faults = [];

  static async open(test, { path = "/ws", protocols = "tickwire.v1.json", ...options } = {}) {
    const connection = new Connection();
    connection.#contract = test.contract;
    connection.#coverage = test.coverage;
    const socket = new WebSocket(`ws://${test.server.host}${path}`, protocols, { perMessageDeflate: false, ...options });
    connection.socket = socket;
    socket.on("message", (data, isBinary) => connection.#receive(data, isBinary));
    connection.closed = new Promise((resolve) => {
      socket.on("close", (code) => {
        connection.#coverage.sawClose(code);
        resolve(code);
        for (const { reject } of connection.#waiting.splice(0)) reject(new Error(`the server closed with ${code}`));
      });
    });
    await within(PATIENCE_MS, "connection", new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    }));
    socket.on("error", (error) => connection.faults.push(`the socket failed: ${error.message}`));
    return connection;
  }

  /** Sends text or bytes as they are; anything else as JSON. */
  send(frame) {
    this.socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The next frame that `wanted` accepts; others stay for whoever wants them. */
  next(what, wanted) {
    const index = this.#unread.findIndex(wanted);
    if (index >= 0) return Promise.resolve(this.#unread.splice(index, 1)[0]);
    const frame = new Promise((resolve, reject) => this.#waiting.push({ wanted, resolve, reject }));
    return within(PATIENCE_MS, what, frame);
  }

  /** Sends a request and returns its answer, an `error` included. */
  async ask(frame) {
    this.send(frame);
    return this.next(`answer to ${frame.type}`, (answer) => answer.msg_id === frame.msg_id);
  }

  /** Sends what cannot be answered by `msg_id` and returns the `error` that follows. */
  async provoke(frame) {
    this.send(frame);
    return this.next("error", ({ type }) => type === "error");
  }

  /** The close code; the socket is closed by us if it is still open. */
  async close() {
    this.socket.close(1000);
    return within(PATIENCE_MS, "close", this.closed);
  }

  #receive(data, isBinary) {
    if (isBinary) return this.faults.push("a binary frame under the JSON subprotocol");
    let frame;
    try {
      frame = JSON.parse(data);
    } catch (error) {
      return this.faults.push(`not JSON: ${error.message}`);
    }
    const violations = this.#contract.violations(frame);
    for (const { pointer, message } of violations) {
      this.faults.push(`${frame?.type} breaks the contract at ${pointer || "its root"}: ${message}`);
    }
    if (violations.length > 0) return;
    this.#coverage.sawFrame(frame);
    this.#follow(frame);
    const index = this.#waiting.findIndex(({ wanted }) => wanted(frame));
    if (index >= 0) this.#waiting.splice(index, 1)[0].resolve(frame);
    else if (!("seq" in frame)) this.#unread.push(frame);
    else this.#keepNewest(frame);
  }

  /** Nobody may ever ask for these updates, so only a few are kept. */
  #keepNewest(update) {
    this.#unread.push(update);
    const updates = this.#unread.filter((frame) => "seq" in frame);
    if (updates.length > 100) this.#unread.splice(this.#unread.indexOf(updates[0]), 1);
  }

  /** Answers open and end topics; between the two, and only there, updates come in order. */
  #follow({ type, payload, topic, seq }) {
    const results = payload.results ?? (payload.topic && payload.status ? [payload] : []);
    for (const result of results) {
      if (result.status === "subscribed") this.#topics.set(result.topic, result.recovered ? null : undefined);
      if (result.status === "unsubscribed") this.#topics.delete(result.topic);
    }
    if (type === "topic.reset") this.#topics.set(payload.topic, payload.seq);
    if (seq === undefined) return;
    const last = this.#topics.get(topic);
    // A family with snapshots has changes as updates: each is of the state right before it.
    const [, family, suffix] = /(.*)\.(.*)/.exec(type);
    const isChange = suffix === "update" && this.#contract.messages.has(`${family}.snapshot`);
    if (!this.#topics.has(topic)) this.faults.push(`${type} of ${topic}, to which nothing is subscribed`);
    else if (isChange && last === undefined) this.faults.push(`${type} of ${topic} without a snapshot before`);
    else if (last != null && (isChange ? seq !== last + 1 : seq <= last)) this.faults.push(`${type} of ${topic}: seq ${seq} after ${last}`);
    this.#topics.set(topic, seq);
  }
}
