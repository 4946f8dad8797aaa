// The client that the scenarios were written with, as a driver: small, in one file, and for nothing
// else. self-test.js breaks it in one place at a time, by `FAULT=name`; see faults.js.

import { createInterface } from "node:readline";
import WebSocket from "ws";
import { batchSize, delivery, topicOf, violations } from "./contract.js";
import { faults } from "./faults.js";

const FINAL = new Set([1000, 1001, 1002, 1007, 1009, 4400, 4401, 4403, 4406]);
const AUTH = ["auth", "auth.refresh"];
const report = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

export class Client {
  attempt = 0;
  calls = 0;
  topics = new Map();     // By name: subscribers, position, and how far subscribing is.
  requests = new Map();   // By msg_id, in the order in which they were made.
  counters = { unknown_types: 0, invalid_frames: 0, gaps: 0, duplicates: 0, reconnects: 0 };
  ids = 0;
  state = "waiting";

  connect(address, { tokens, backoff = {}, timeout_ms = 10000, validate_incoming = false }) {
    Object.assign(this, { address, tokens, timeout_ms, validate_incoming });
    this.base = backoff.base_ms ?? 500;
    this.cap = backoff.cap_ms ?? 30000;
    this.open();
  }

  // ------------------------------------------------------------------------------ connection --

  open() {
    this.state = "connecting";
    report({ event: "state", state: "connecting" });
    const socket = (this.socket = new WebSocket(this.address, this.protocols()));
    Object.assign(this, { welcome: null, authenticated: !this.tokens, since: null, floor: 0, notBefore: 0 });
    socket.on("unexpected-response", (_, response) => {
      response.resume();
      this.lost(socket, { status: response.statusCode });
    });
    socket.on("error", () => this.lost(socket, {}));
    socket.on("close", (code) => this.lost(socket, code === 1006 || code === 1005 ? {} : { code }));
    socket.on("open", () => this.opened());
    socket.on("message", (data) => {
      this.alive();
      this.read(data.toString());
    });
  }

  protocols() {
    return ["tickwire.v1.json"];
  }

  opened() {
    this.since = performance.now();
    this.alive();
    if (this.tokens) this.authenticate("auth");
  }

  authenticate(type) {
    this.ask(type, { token: this.token() }, {
      answer: () => { this.authenticated = true; this.ready(); },
      fail: (why) => why.kind === "error" && this.notTaken(type, why),
    }, true);
  }

  /** Too many at the moment, by which the token is no worse: another connection may do, and an open one has its old token. */
  notTaken(type, { code, retryable, retry_after_ms = 1000 }) {
    if (!retryable) this.end({ error: code });
    else if (type === "auth") {
      this.notBefore = performance.now() + retry_after_ms;
      this.giveUp();
    }
  }

  token() {
    report({ event: "token", n: ++this.calls });
    return this.tokens[Math.min(this.calls, this.tokens.length) - 1];
  }

  ready() {
    if (this.state !== "connecting" || !this.welcome || !this.authenticated) return;
    this.state = "open";
    report({ event: "state", state: "open" });
    if (this.wasOpen) this.counters.reconnects++;
    this.wasOpen = true;
    this.resubscribe();
    for (const [id, request] of this.requests) if (!request.sent) this.transmit(id, request);
  }

  /** After two intervals of silence a question, after one more the end of the connection. */
  alive() {
    clearTimeout(this.silence);
    const interval = this.welcome?.heartbeat_interval_ms;
    if (!interval) return;
    this.silence = setTimeout(() => {
      this.ask("ping", {}, { answer() {}, fail() {} }, true);
      this.silence = setTimeout(() => this.giveUp(), interval);
    }, 2 * interval);
  }

  giveUp() {
    const socket = this.socket;
    this.lost(socket, {});
    socket.terminate();
  }

  lost(socket, why) {
    if (socket !== this.socket || this.state === "closed" || this.state === "waiting") return;
    clearTimeout(this.silence);
    const final = this.isFinal(why);
    for (const [id, request] of this.requests) if (request.sent) this.fail(id, { kind: "connection_lost" });
    if (final) return this.end(why);
    if (this.since && performance.now() - this.since >= this.cap) this.attempt = 0;
    this.state = "waiting";
    this.attempt++;
    const delay_ms = Math.round(this.delay(why));
    for (const topic of this.topics.values()) this.away(topic);
    report({ event: "state", state: "waiting", attempt: this.attempt, delay_ms, ...why });
    this.timer = setTimeout(() => this.open(), delay_ms);
  }

  isFinal({ code, status }) {
    return FINAL.has(code) || status === 401 || status === 403;
  }

  delay({ code }) {
    if (code === 4450 && this.attempt === 1) return 0;
    return Math.max(code === 4429 || code === 4430 ? 1000 : 0, this.floor, this.notBefore - performance.now()) + this.jitter(this.attempt);
  }

  jitter(attempt) {
    return Math.random() * Math.min(this.cap, this.base * 2 ** (attempt - 1));
  }

  end(why) {
    this.state = "closed";
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    report({ event: "state", state: "closed", ...why });
    for (const topic of [...this.topics.values()]) {
      clearTimeout(topic.timer);
      this.notice(topic, { notice: "closed", ...why });
    }
    this.topics.clear();
    for (const id of [...this.requests.keys()]) this.fail(id, { kind: "closed" });
    this.socket.close(1000);
  }

  // -------------------------------------------------------------------------------- requests --

  request({ id, type, payload, timeout_ms = this.timeout_ms }) {
    this.ask(type, payload, {
      answer: (answer) => report({ event: "response", id, payload: answer }),
      fail: (why) => report({ event: "failed", id, ...why }),
    }, false, timeout_ms);
  }

  ask(type, payload, callbacks, now = false, timeout = this.timeout_ms) {
    const msg_id = String(++this.ids);
    const request = { frame: { type, msg_id, payload }, ...callbacks };
    const refusal = this.refusal(request.frame);
    if (refusal) return callbacks.fail(refusal);
    this.requests.set(msg_id, request);
    request.timer = setTimeout(() => this.fail(msg_id, { kind: "timeout" }), timeout);
    if (now || this.state === "open") this.transmit(msg_id, request);
  }

  refusal(frame) {
    if (this.state === "closed") return { kind: "closed" };
    const pointers = violations(frame);
    if (pointers.length) return { kind: "invalid", pointers };
    return undefined;
  }

  transmit(msg_id, request) {
    const text = JSON.stringify(request.frame);
    if (this.tooLarge(text)) return this.fail(msg_id, { kind: "invalid", pointers: [] });
    request.sent = true;
    this.socket.send(text);
  }

  tooLarge(text) {
    return text.length > (this.welcome?.limits.max_frame_bytes ?? Infinity);
  }

  fail(msg_id, why) {
    const request = this.requests.get(msg_id);
    this.requests.delete(msg_id);
    clearTimeout(request.timer);
    request.fail(why);
  }

  // --------------------------------------------------------------------------- subscriptions --

  subscribe({ id, family, params, options = {} }) {
    if (this.state === "closed") return report({ event: "notice", id, notice: "closed" });
    const name = topicOf(family, params);
    let topic = this.topics.get(name);
    if (!topic) {
      topic = { name, class: delivery(family), options, subscribers: new Set(), position: null, wire: "none", refusals: 0 };
      this.topics.set(name, topic);
    }
    const late = topic.class === "delta" && topic.position;
    topic.subscribers.add(id);
    if (late) this.renew(topic, null);
    this.want(topic);
  }

  unsubscribe({ id }) {
    const topic = [...this.topics.values()].find(({ subscribers }) => subscribers.delete(id));
    if (!topic || topic.subscribers.size) return;
    clearTimeout(topic.timer);
    this.topics.delete(topic.name);
    if (topic.wire === "asked" || topic.wire === "live") this.leave([topic.name]);
  }

  leave(topics) {
    if (this.state === "open") this.ask("unsubscribe", { topics }, { answer() {}, fail() {} });
  }

  want(topic) {
    if (topic.wire === "none" && !topic.timer && this.state === "open") this.begin([topic]);
  }

  resubscribe() {
    const waiting = [...this.topics.values()].filter(({ timer }) => !timer);
    for (let batch = []; waiting.length || batch.length; batch = []) {
      while (waiting.length && batch.length < batchSize && !this.tooLarge(JSON.stringify(this.subscription([...batch, waiting[0]])) + " ".repeat(64))) batch.push(waiting.shift());
      this.begin(batch);
    }
  }

  subscription(topics) {
    const options = topics.filter(({ position, options }) => position || options.history)
      .map(({ name, position, options }) => ({ topic: name, ...(position && { since: position }), ...(options.history && { history: options.history }) }));
    return { topics: topics.map(({ name }) => name), ...(options.length && { options }) };
  }

  begin(topics) {
    for (const topic of topics) topic.wire = "asked";
    const lives = topics.map((topic) => (topic.life = {}));   // An answer to an earlier one is no answer to this.
    const each = (act) => topics.forEach((topic, index) => topic.life === lives[index] && this.topics.get(topic.name) === topic && act(topic, index));
    this.ask("subscribe", this.subscription(topics), {
      answer: ({ results }) => each((topic, index) => this.confirmed(topic, results[index])),
      fail: (why) => why.kind === "error" && each((topic) => this.refused(topic, why)),
    });
  }

  confirmed(topic, { error, epoch, seq, recovered, reason }) {
    if (error) return this.refused(topic, error);
    const asked = topic.position;
    topic.wire = "live";
    topic.refusals = 0;
    topic.epoch = epoch;
    const unknown = !recovered && (topic.class === "delta" || topic.options.history);
    topic.position = recovered ? asked : unknown ? null : { epoch, seq };
    if (recovered === false) this.notice(topic, { notice: "not_recovered", reason });
  }

  refused(topic, { code, retryable, retry_after_ms = 0 }) {
    topic.wire = "none";
    if (!retryable) {
      this.notice(topic, { notice: "refused", code });
      return this.topics.delete(topic.name);
    }
    const delay_ms = Math.round(retry_after_ms + this.jitter(++topic.refusals));
    this.notice(topic, { notice: "retrying", code, delay_ms });
    topic.timer = setTimeout(() => { topic.timer = null; this.want(topic); }, delay_ms);
  }

  renew(topic, position) {
    topic.position = position;
    if (topic.wire === "none") return;
    this.leave([topic.name]);
    topic.wire = "none";
    this.want(topic);
  }

  away(topic) {
    topic.wire = "none";
  }

  notice(topic, notice) {
    for (const id of topic.subscribers) report({ event: "notice", id, ...notice });
  }

  // ---------------------------------------------------------------------------------- frames --

  read(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return this.invalid();
    }
    if (typeof frame?.type !== "string") return this.invalid();
    const problems = violations(frame);
    if (!problems) return this.unknown();
    if (this.validate_incoming && problems.length) return this.broken(frame);
    const { type, msg_id, payload } = frame;
    const request = this.requests.get(msg_id);
    if (request) return this.answered(msg_id, request, frame);
    if (type === "welcome") { this.welcome = payload; this.alive(); this.ready(); }
    if (type === "shutdown") this.floor = payload.reconnect_after_ms;
    if (type === "error" && payload.retry_after_ms) this.notBefore = performance.now() + payload.retry_after_ms;
    if (type === "system_alert") report({ event: "push", type, payload });
    if (type === "token.expiring" && this.tokens) this.authenticate("auth.refresh");
    if (type === "topic.reset") this.reset(payload);
    if (frame.topic) this.update(frame);
  }

  answered(msg_id, request, { type, payload }) {
    if (type !== "error") {
      this.requests.delete(msg_id);
      clearTimeout(request.timer);
      return request.answer(payload);
    }
    const { code, severity, retryable, retry_after_ms, details } = payload;
    this.fail(msg_id, { kind: "error", code, severity, retryable, retry_after_ms, pointers: details.map(({ pointer }) => pointer) });
  }

  unknown() {
    this.counters.unknown_types++;
  }

  invalid() {
    this.counters.invalid_frames++;
    report({ event: "invalid_frame" });
  }

  broken({ msg_id, topic, seq }) {
    this.invalid();
    if (this.requests.has(msg_id)) this.fail(msg_id, { kind: "invalid_answer" });
    const position = this.topics.get(topic)?.position;
    if (position) position.seq = seq;
  }

  reset({ topic: name, reason, epoch, seq, from, to }) {
    const topic = this.topics.get(name);
    if (topic?.wire !== "live") return;
    if (reason === "ended" || reason === "revoked") {
      this.notice(topic, { notice: "ended", reason });
      return this.topics.delete(name);
    }
    topic.position = { epoch, seq };
    this.notice(topic, { notice: "reset", reason, from, to });
  }

  update({ type, topic: name, seq, payload }) {
    const topic = this.topics.get(name);
    if (topic?.wire !== "live") return;
    if (topic.position && !type.endsWith(".snapshot")) {
      if (seq <= topic.position.seq) return void this.counters.duplicates++;
      if (seq > topic.position.seq + 1 && topic.class !== "latest") {
        if (topic.repaired !== topic.position.seq) {
          this.counters.gaps++;
          topic.repaired = topic.position.seq;
          return this.renew(topic, topic.position);
        }
        this.notice(topic, { notice: "not_recovered", reason: "gap" });
      }
    }
    topic.position = { epoch: topic.position?.epoch ?? topic.epoch, seq };
    for (const id of topic.subscribers) report({ event: "update", id, type, seq, payload });
  }

  stats() {
    report({ event: "stats", ...this.counters });
  }

  close() {
    if (this.state !== "closed") this.end({});
  }
}

const client = new Client();
faults[process.env.FAULT]?.break(client);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { do: verb, ...command } = JSON.parse(line);
    if (verb === "connect") client.connect(process.argv[2], command.options ?? {});
    else if (verb === "exit") process.exit(0);
    else client[verb](command);
  })
  .on("close", () => process.exit(0));
