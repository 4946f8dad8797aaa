// The TypeScript client as a driver: node typescript.js PACKAGE ws://…, where PACKAGE is the folder of
// the client that was generated from contract.yaml.

import { createInterface } from "node:readline";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";

const [folder, address] = process.argv.slice(2);
const { connect } = await import(pathToFileURL(resolve(folder, "index.js")));

const report = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const only = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
const leaves = new Map();
let client;

const METHODS = { "bars.history": "barsHistory", ping: "ping" };

const COMMANDS = {
  connect({ options = {} }) {
    const { tokens, backoff, timeout_ms, validate_incoming } = options;
    let asked = 0;
    const token = () => {
      asked += 1;
      report({ event: "token", n: asked });
      return tokens[Math.min(asked, tokens.length) - 1];
    };
    client = connect(address, only({
      WebSocket,
      token: tokens && token,
      backoff: backoff && { base: backoff.base_ms, cap: backoff.cap_ms },
      timeout: timeout_ms,
      validateIncoming: validate_incoming,
      lazy: true,
      onInvalidFrame: () => report({ event: "invalid_frame" }),
    }));
    client.connection.onChange(() => {
      const { state, attempt, delay, code, status, error } = client.connection.state;
      // `code` is the close code; a RequestError has the code of an error.
      const why = error?.kind === "error" ? error.code : undefined;
      report(only({ event: "state", state, attempt, delay_ms: delay, code, status, error: why }));
    });
    client.on("system_alert", (payload) => report({ event: "push", type: "system_alert", payload }));
    client.open();
  },
  subscribe({ id, family, params, options }) {
    const topic = client[family](params, options);
    const notice = ({ notice, reason, from, to, delay, error }) =>
      report(only({ event: "notice", id, notice, reason, from, to, delay_ms: delay, code: error?.code }));
    const end = (error) => {
      const ended = !error || error.kind === "revoked";
      const how = client.connection.state.state === "closed" ? "closed" : ended ? "ended" : "refused";
      const reason = error?.kind === "revoked" ? "revoked" : undefined;
      report(only({ event: "notice", id, notice: how, reason, code: error?.code }));
    };
    const update = (_, { type, seq, payload }) => report({ event: "update", id, type, seq, payload });
    leaves.set(id, topic.subscribe(update, { notice, end }));
  },
  unsubscribe({ id }) {
    leaves.get(id)();
  },
  async request({ id, type, payload, timeout_ms }) {
    try {
      const options = only({ timeout: timeout_ms });
      const method = client[METHODS[type]];
      const answer = await (method ? method(payload, options) : client.request(type, payload, options));
      report({ event: "response", id, payload: answer });
    } catch (error) {
      const { kind, code, severity, retryable, retryAfter, details } = error;
      const pointers = details?.map(({ pointer }) => pointer);
      report(only({ event: "failed", id, kind, code, severity, retryable, retry_after_ms: retryAfter, pointers }));
    }
  },
  stats() {
    const { unknownTypes, invalidFrames, gaps, duplicates, reconnects } = client.counters;
    report({ event: "stats", unknown_types: unknownTypes, invalid_frames: invalidFrames, gaps, duplicates, reconnects });
  },
  close() {
    client.close();
  },
  exit() {
    process.exit(0);
  },
};

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const command = JSON.parse(line);
  COMMANDS[command.do](command);
});
lines.on("close", () => process.exit(0));
