// What is asked of the server. A check gets `{server, contract, coverage, connect, …asserts}`.

import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { within } from "./time.js";
import { mutations } from "./mutations.js";

const YEAR_2008 = { from: Date.UTC(2008, 0, 1), to: Date.UTC(2009, 0, 1) };

/** A request with its own `msg_id`, so that its answer can be told from others. */
let requests = 0;
const request = (type, payload = {}) => ({ type, msg_id: `r${++requests}`, payload });

/** A payload that came over HTTP, as the frame that it would have been on the socket. */
const asFrame = (type, payload) => ({ type, msg_id: "http", direction: "s2c", timestamp: new Date().toISOString(), payload });

/** POSTs JSON; an error has to be the payload of an `error` frame. */
async function post({ server, contract, coverage, same }, path, payload, type = "application/json") {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const response = await fetch(server.base + path, { method: "POST", body, headers: { "content-type": type } });
  const answer = await response.json();
  if (!response.ok) {
    const error = asFrame("error", answer);
    same([path, contract.violations(error)], [path, []]);
    coverage.sawFrame(error);
  }
  return { status: response.status, payload: answer };
}

/** Requests whose examples have a token that no server takes. */
const needsToken = (type) => /^auth(\.refresh)?$/.test(type);

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const documents = {
  "the served YAML is the hand-written file, byte for byte": async ({ server, scenario, ok }) => {
    const served = Buffer.from(await (await fetch(`${server.base}/ws/asyncapi.yaml`)).arrayBuffer());
    ok(served.equals(readFileSync(scenario.spec ?? `${ROOT}asyncapi.yaml`)), "the two differ");
  },

  "documents have an ETag, and are not sent twice": async ({ server, ok, equal }) => {
    for (const path of ["/ws/asyncapi.json", "/ws/asyncapi.yaml", "/ws/schemas.json"]) {
      const first = await fetch(server.base + path);
      await first.arrayBuffer();
      const etag = first.headers.get("etag");
      ok(etag, `${path} has no ETag`);
      const second = await fetch(server.base + path, { headers: { "if-none-match": etag } });
      equal(second.status, 304, `${path} with If-None-Match`);
    }
  },

  "health, readiness and the documentation page answer": async ({ server, equal }) => {
    for (const path of ["/healthz", "/readyz", "/ws/asyncapi"]) {
      const response = await fetch(server.base + path);
      await response.arrayBuffer();
      equal(response.status, 200, path);
    }
  },

  "every example of the document satisfies its schema": ({ contract, same }) => {
    for (const [type, { examples }] of contract.messages) {
      for (const example of examples) same([type, contract.violations(example)], [type, []]);
    }
  },
};

const requestsAndAnswers = {
  "the first frame is welcome": async ({ connect, equal }) => {
    const connection = await connect();
    equal((await connection.next("frame", () => true)).type, "welcome");
    equal(connection.socket.protocol, "tickwire.v1.json");
  },

  "every example of a request gets the answer that its operation declares": async ({ connect, contract, coverage, ok }) => {
    const connection = await connect();
    for (const { type, replies } of contract.requests.filter(({ type }) => !needsToken(type))) {
      for (const example of contract.messages.get(type).examples) {
        const answer = await connection.ask({ ...example, msg_id: request(type).msg_id });
        ok(answer.type !== "error" && replies.includes(answer.type),
          `${type} was answered by ${JSON.stringify(answer).slice(0, 300)}, not by one of ${replies}`);
        coverage.sawAnswerTo(type);
      }
    }
  },

  "a request without msg_id gets an answer with one": async ({ connect, ok }) => {
    const connection = await connect();
    connection.send({ type: "ping", payload: {} });
    const pong = await connection.next("pong", ({ type }) => type === "pong");
    ok(pong.msg_id.length > 0);
  },

  "many requests at once are all answered, however long the answers": async ({ connect, equal }) => {
    const connection = await connect();
    const asked = Array.from({ length: 40 }, () => request("bars.history", { symbol: "AAPL", resolution: "1", count_back: 5000 }));
    const answers = await Promise.all(asked.map((frame) => connection.ask(frame)));
    for (const answer of answers) equal(answer.payload.bars?.length, 5000, JSON.stringify(answer).slice(0, 300));
  },

  "the bars of 2008 are its 253 trading days, ascending": async ({ connect, equal, ok }) => {
    const connection = await connect();
    const answer = await connection.ask(request("bars.history", { symbol: "AAPL", resolution: "D", ...YEAR_2008 }));
    const times = answer.payload.bars.map(({ time }) => time);
    equal(times.length, 253);
    ok(times.every((time, n) => time >= YEAR_2008.from && time < YEAR_2008.to && (n === 0 || time > times[n - 1])));
  },
};

const topics = {
  "updates follow a subscription, and end with it": async ({ connect, contract, equal }) => {
    const connection = await connect();
    for (const { type } of contract.requests.filter(({ type }) => type.endsWith(".subscribe"))) {
      const family = type.slice(0, -".subscribe".length);
      const topic = (await connection.ask(request(type, { symbol: "AAPL" }))).payload.topic;
      await connection.next(`update of ${topic}`, (frame) => frame.type === `${family}.update` && frame.topic === topic);
      const end = await connection.ask(request(`${family}.unsubscribe`, { symbol: "AAPL" }));
      equal(end.payload.status, "unsubscribed");
      // The answer to a later request would come after any late update; see connection.js.
      await connection.ask(request("ping"));
      const again = await connection.ask(request(`${family}.unsubscribe`, { symbol: "AAPL" }));
      equal(again.payload.status, "not_subscribed");
    }
  },

  "subscribing twice is the same as once": async ({ connect, equal }) => {
    const connection = await connect();
    const subscribe = () => connection.ask(request("trades.subscribe", { symbol: "MSFT" }));
    equal((await subscribe()).payload.status, "subscribed");
    equal((await subscribe()).payload.status, "already_subscribed");
    const status = await connection.ask(request("get_status"));
    equal(status.payload.subscriptions.length, 1);
  },

  "a batch answers each topic for itself": async ({ connect, same }) => {
    const connection = await connect();
    const batch = ["quotes:AAPL", "bars:AAPL:7", "nonsense", "trades:IBM"];
    const { payload } = await connection.ask(request("subscribe", { topics: batch }));
    same(payload.results.map(({ topic }) => topic), batch);
    same(payload.results.map(({ status }) => status), ["subscribed", "refused", "refused", "subscribed"]);
    same(payload.results.map(({ error }) => error?.code), [undefined, "invalid_topic", "invalid_topic", undefined]);
  },

  "/ws/{topic} is subscribed from the start": async ({ connect, equal }) => {
    const connection = await connect({ path: "/ws/trades:AAPL" });
    const first = await connection.next("answer", ({ type }) => type === "trades.subscribe.response");
    equal(first.payload.topic, "trades:AAPL");
    await connection.next("update", ({ type }) => type === "trades.update");
  },
};

// Sent as they are, each with the code that must come back.
const refused = [
  ["garbage", "hello", "invalid_json"],
  ["half an object", '{"type":"ping"', "invalid_json"],
  ["a duplicate key", '{"type":"ping","payload":{},"payload":{}}', "invalid_json"],
  ["200 levels of nesting", `{"type":"ping","payload":${"[".repeat(200)}${"]".repeat(200)}}`, "invalid_json"],
  ["a number beyond a double", '{"type":"bars.history","payload":{"symbol":"AAPL","from":1e999}}', "invalid_json"],
  ["a lone surrogate", '{"type":"symbols.search","payload":{"query":"\\ud800"}}', "invalid_json"],
  ["an array", "[]", "invalid_json"],
  ["a binary frame", Buffer.from('{"type":"ping","payload":{}}'), "unsupported_data"],
  ["no type", '{"payload":{}}', "invalid_frame"],
  ["an unknown type", '{"type":"pin","payload":{}}', "unknown_type"],
  ["a type that only the server sends", '{"type":"pong","payload":{}}', "not_a_request"],
  ["an update from a client", '{"type":"bars.update","payload":{}}', "not_a_request"],
  ["a symbol that does not exist", request("bars.history", { symbol: "ZZZZ" }), "unknown_symbol"],
  ["a topic of a symbol that does not exist", request("trades.subscribe", { symbol: "ZZZZ" }), "unknown_symbol"],
  ["a range that ends before it begins", request("bars.history", { symbol: "AAPL", from: 2, to: 1 }), "invalid_range"],
  ["from and count_back at once", request("bars.history", { symbol: "AAPL", from: 1, count_back: 1 }), "invalid_range"],
];

const refusals = {
  "each kind of unacceptable frame has its code, and the connection lives": async ({ connect, equal }) => {
    const connection = await connect();
    for (const [what, frame, code] of refused) {
      equal((await connection.provoke(frame)).payload.code, code, what);
      equal((await connection.ask(request("ping"))).type, "pong", `a ping after ${what}`);
    }
  },

  "an error repeats the msg_id and the type of its request": async ({ connect, same }) => {
    const connection = await connect();
    const frame = request("bars.history", { symbol: "aapl" });
    const { msg_id, payload } = await connection.ask(frame);
    same([msg_id, payload.request_type, payload.severity], [frame.msg_id, frame.type, "validation_error"]);
  },

  "a frame that is wrong in any one place is refused with exactly the pointers that ajv finds": async ({ connect, contract, same, ok }) => {
    const connection = await connect();
    let wrong = 0;
    for (const { type } of contract.requests) {
      for (const { what, frame } of contract.messages.get(type).examples.flatMap((example) => [...mutations(example)])) {
        const violations = contract.violations(frame);
        if (violations.length === 0) continue;
        wrong += 1;
        const { payload } = await connection.provoke(frame);
        same([type, what, payload.code, pointers(payload.details)], [type, what, "invalid_frame", pointers(violations)]);
        await connection.ask(request("ping"));
      }
    }
    ok(wrong > 500, `only ${wrong} wrong frames came out of the examples`);
  },

  "no refusal repeats a token": async ({ connect, equal, ok }) => {
    const connection = await connect();
    const secret = "s3cr3t".repeat(2000);
    for (const payload of [{ token: secret }, { token: [secret] }, secret, { token: "x", other: secret }]) {
      const answer = await connection.provoke(request("auth", payload));
      equal(answer.payload.code, "invalid_frame");
      ok(!JSON.stringify(answer).includes("s3cr3t"), JSON.stringify(answer));
    }
  },

  "a whole number written as 50.0 is taken or refused, as the contract says": async ({ connect, ok }) => {
    const connection = await connect();
    connection.send('{"type":"bars.history","msg_id":"float","payload":{"symbol":"AAPL","count_back":50.0}}');
    const answer = await connection.next("answer", ({ msg_id }) => msg_id === "float");
    ok(answer.type === "bars.history.response" || answer.payload.code === "invalid_frame", JSON.stringify(answer));
  },
};

const pointers = (violations) => [...new Set(violations.map(({ pointer }) => pointer))].sort();

const closing = {
  "1000 answers a close": async ({ connect, equal }) => {
    equal(await (await connect()).close(), 1000);
  },

  "a run of invalid frames closes with 4400, a run that is interrupted does not": async ({ connect, equal }) => {
    const connection = await connect();
    const limit = (await connection.next("welcome", () => true)).payload.limits.max_invalid_frames;
    for (let run = 0; run < 3; run += 1) {
      for (let n = 1; n < limit; n += 1) await connection.provoke("?");
      await connection.ask(request("ping"));
    }
    for (let n = 1; n <= limit; n += 1) connection.send("?");
    equal(await within(5000, "close", connection.closed), 4400);
  },

  "a frame above the limit closes with 1009, one at the limit does not": async ({ connect, equal }) => {
    const connection = await connect();
    const limit = (await connection.next("welcome", () => true)).payload.limits.max_frame_bytes;
    equal((await connection.provoke("x".repeat(limit))).payload.code, "invalid_json");
    connection.send("x".repeat(limit + 1));
    equal(await within(5000, "close", connection.closed), 1009);
  },

  "a token that is not valid is refused, and closes with 4401": async ({ connect, contract, equal }) => {
    const connection = await connect();
    const [example] = contract.messages.get("auth").examples;
    equal((await connection.ask({ ...example, msg_id: request("auth").msg_id })).payload.code, "unauthenticated");
    equal(await within(5000, "close", connection.closed), 4401);
  },

  "no common subprotocol closes with 4406": async ({ connect, equal }) => {
    const connection = await connect({ protocols: ["somebody.else.v1"] });
    equal(await within(5000, "close", connection.closed), 4406);
  },

  // The library would not send these, so they go around it, to the TCP socket.
  "a frame without mask closes with 1002": async ({ connect, equal }) => {
    const connection = await connect();
    connection.socket._socket.write(Buffer.from([0x81, 0x02, 0x7b, 0x7d]));
    equal(await within(5000, "close", connection.closed), 1002);
  },

  "text that is not UTF-8 closes with 1007": async ({ connect, equal }) => {
    const connection = await connect();
    connection.socket._socket.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff]));
    equal(await within(5000, "close", connection.closed), 1007);
  },
};

const overHttp = {
  "every example of a request gets its answer by POST, or needs a connection": async (test) => {
    const { contract, same } = test;
    for (const { type, replies } of contract.requests) {
      // What is about a connection cannot be asked without one.
      const needsConnection = /subscribe$|^get_status$|^auth/.test(type);
      for (const { payload } of contract.messages.get(type).examples) {
        const answer = await post(test, `/ops/${type}`, payload);
        if (needsConnection) same([type, answer.payload.code, answer.status], [type, "connection_required", 400]);
        else same([type, contract.violations(asFrame(replies[0], answer.payload)), answer.status], [type, [], 200]);
      }
    }
  },

  "a wrong payload is refused with exactly the pointers that ajv finds": async (test) => {
    const { contract, same } = test;
    for (const { type } of contract.requests) {
      const [{ payload: right }] = contract.messages.get(type).examples;
      for (const { what, frame: payload } of mutations(right)) {
        const violations = contract.violations({ type, payload });
        if (violations.length === 0) continue;
        const expected = violations.map(({ pointer }) => ({ pointer: pointer.replace(/^\/payload/, "") }));
        const answer = await post(test, `/ops/${type}`, payload);
        same([type, what, answer.status, pointers(answer.payload.details ?? [])], [type, what, 422, pointers(expected)]);
      }
    }
  },

  "each kind of unacceptable request has its status and code": async (test) => {
    const rows = [
      ["/ops/pin", "{}", 404, "unknown_type"],
      ["/ops/pong", "{}", 405, "not_a_request"],
      ["/ops/ping", "{", 400, "invalid_json"],
      ["/ops/ping", '{"a":1,"a":1}', 400, "invalid_json"],
      ["/ops/bars.history", '{"symbol":"ZZZZ"}', 404, "unknown_symbol"],
      ["/publish/nonsense", "{}", 404, "invalid_topic"],
      ["/publish/trades:AAPL", "{}", 403, "forbidden"],
    ];
    for (const [path, body, status, code] of rows) {
      const answer = await post(test, path, body);
      test.same([path, body, answer.status, answer.payload.code], [path, body, status, code]);
    }
    test.equal((await post(test, "/ops/ping", "{}", "text/plain")).payload.code, "unsupported_data");
    test.equal((await post(test, "/ops/ping", " ".repeat(100_000))).status, 413);
  },
};

const smallLimits = {
  "one subscription too many is refused with limit_exceeded": async ({ connect, equal }) => {
    const connection = await connect();
    for (const symbol of ["AAPL", "MSFT"]) await connection.ask(request("quotes.subscribe", { symbol }));
    equal((await connection.ask(request("quotes.subscribe", { symbol: "IBM" }))).payload.code, "limit_exceeded");
    await connection.ask(request("quotes.unsubscribe", { symbol: "MSFT" }));
    equal((await connection.ask(request("quotes.subscribe", { symbol: "IBM" }))).payload.status, "subscribed");
  },

  "one connection too many is closed with 4430": async ({ connect, equal }) => {
    const connections = [await connect(), await connect()];
    for (const connection of connections) await connection.ask(request("ping"));
    equal(await within(5000, "close", (await connect()).closed), 4430);
  },

  "a client that answers no ping is closed with 4408, one that does is not": async ({ connect, equal }) => {
    const alive = await connect();
    const silent = await connect({ autoPong: false });
    equal(await within(5000, "close", silent.closed), 4408);
    equal((await alive.ask(request("ping"))).type, "pong");
  },
};

const hurried = {
  "a request too fast is refused with rate_limited, and may come after the time that is told": async ({ connect, equal, ok }) => {
    const connection = await connect();
    const { max_frames_per_second: rate } = (await connection.next("welcome", () => true)).payload.limits;
    const asked = Array.from({ length: 2 * rate + 5 }, () => connection.ask(request("ping")));
    const refused = (await Promise.all(asked)).filter(({ type }) => type === "error");
    ok(refused.length > 0, "nothing was refused");
    for (const { payload } of refused) equal(payload.code, "rate_limited");
    await new Promise((resolve) => setTimeout(resolve, refused.at(-1).payload.retry_after_ms));
    equal((await connection.ask(request("ping"))).type, "pong");
  },

  "who goes on asking too fast is closed with 4429": async ({ connect, equal }) => {
    const connection = await connect();
    for (let n = 0; n < 100; n += 1) connection.send(request("ping"));
    equal(await within(5000, "close", connection.closed), 4429);
  },

  "a connection is closed with 4410 at its age": async ({ connect, equal }) => {
    equal(await within(5000, "close", (await connect()).closed), 4410);
  },
};

const slowReader = {
  "a connection that reads too slowly is closed with 4450, and only that one": async ({ connect, equal }) => {
    const [slow, quick] = [await connect(), await connect()];
    const [{ symbol }] = (await quick.ask(request("symbols.search", { query: "" }))).payload.symbols;
    for (const connection of [slow, quick]) await connection.ask(request("trades.subscribe", { symbol }));
    slow.socket.pause();
    // Long answers fill the kernel's buffers; then the updates pile up in the server.
    for (let n = 0; n < 100; n += 1) slow.send(request("bars.history", { symbol, resolution: "1", count_back: 5000 }));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    slow.socket.resume();
    equal(await within(10_000, "close", slow.closed), 4450);
    equal((await quick.ask(request("ping"))).type, "pong");
  },
};

const lap = {
  "the end of the recorded market starts it over, and says so": async ({ connect, equal }) => {
    const connection = await connect();
    await connection.ask(request("trades.subscribe", { symbol: "AAPL" }));
    const reset = connection.next("topic.reset", ({ type }) => type === "topic.reset");
    const alert = connection.next("system_alert", ({ type }) => type === "system_alert");
    equal((await reset).payload.reason, "restarted");
    await alert;
  },
};

const withoutModules = {
  "requests and topics that nobody serves answer not_implemented": async (test) => {
    const connection = await test.connect();
    for (const [type, payload] of [["bars.history", { symbol: "AAPL" }], ["trades.subscribe", { symbol: "AAPL" }]]) {
      test.equal((await connection.ask(request(type, payload))).payload.code, "not_implemented", type);
    }
    test.equal((await post(test, "/ops/bars.history", { symbol: "AAPL" })).status, 501);
    test.equal((await connection.ask(request("ping"))).type, "pong");
  },
};

// ------------------------------------------------------------------------------------------ tokens --

const SECRET = "the secret of the server in these tests";

/** A token of alice (HS256), valid for so many seconds from now on. */
function token(seconds, claims = {}) {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const body = `${encoded({ alg: "HS256" })}.${encoded({ sub: "alice", iat: now, exp: now + seconds, ...claims })}`;
  return `${body}.${createHmac("sha256", SECRET).update(body).digest("base64url")}`;
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } });

const tokens = {
  "auth says who the client is, auth.refresh that it still is": async ({ connect, coverage, equal }) => {
    const connection = await connect();
    for (const type of ["auth", "auth.refresh"]) {
      const answer = await connection.ask(request(type, { token: token(600, { permissions: ["orders:read"] }) }));
      equal(answer.type, `${type}.response`, JSON.stringify(answer));
      equal(answer.payload.principal.sub, "alice");
      coverage.sawAnswerTo(type);
    }
    const status = await connection.ask(request("get_status"));
    equal(status.payload.principal.kind, "user");
  },

  "a ticket opens one connection": async ({ server, connect, equal }) => {
    const response = await fetch(`${server.base}/ws-ticket`, { method: "POST", ...bearer(token(600)) });
    const { ticket } = await response.json();
    const protocols = ["tickwire.v1.json", `ticket.${ticket}`];
    const connection = await connect({ protocols });
    equal(connection.socket.protocol, "tickwire.v1.json");
    const { payload } = await connection.next("welcome", ({ type }) => type === "welcome");
    equal(payload.principal.sub, "alice");
    equal(await connect({ protocols }).then(() => "let in", ({ message }) => message), "Unexpected server response: 401");
  },

  "who says nothing valid gets 401 and the reason": async ({ server, same, contract }) => {
    const response = await fetch(`${server.base}/ws-ticket`, { method: "POST", ...bearer(token(-600)) });
    const payload = await response.json();
    same([response.status, payload.code, contract.violations(asFrame("error", payload))], [401, "unauthenticated", []]);
  },

  "a token that expires is announced, and closes with 4440": async ({ connect, equal }) => {
    // Expired, within the leeway: the announcement is late, and half a minute after its end comes the close.
    const connection = await connect(bearer(token(-28)));
    const { payload } = await connection.next("token.expiring", ({ type }) => type === "token.expiring");
    equal(payload.expires_in_ms, 0);
    equal(await within(10_000, "close", connection.closed), 4440);
  },

  "a revocation closes with 4403": async ({ server, connect, equal }) => {
    const connection = await connect(bearer(token(600, { jti: "stolen" })));
    const admin = bearer(token(600, { sub: "admin", permissions: ["admin:revoke"] }));
    const body = JSON.stringify({ jti: "stolen" });
    equal((await fetch(`${server.admin}/admin/revocations`, { method: "POST", body, ...admin })).status, 200);
    equal(await within(1000, "close", connection.closed), 4403);
  },
};

/** The secret as a file: a flag with it would be seen by everyone on the machine. */
function secretFile() {
  const directory = mkdtempSync(join(tmpdir(), "tickwire-wire-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, "secret");
  writeFileSync(path, SECRET, { mode: 0o600 });
  return path;
}

const stopping = {
  "a server that stops says shutdown, closes with 1012, and exits with 0": async ({ connect, server, equal }) => {
    const connection = await connect();
    await connection.ask(request("trades.subscribe", { symbol: "AAPL" }));
    const stopped = server.stop();
    await connection.next("shutdown", ({ type }) => type === "shutdown");
    equal(await within(5000, "close", connection.closed), 1012);
    equal(await stopped, 0);
  },
};

/** The topic families of any contract that take publications, each with an update to publish. */
const published = (contract) =>
  Object.values(contract.document.channels)
    .filter((channel) => channel["x-topic"]?.source === "publish")
    .flatMap((channel) => contract.messages.get(`${channel["x-topic"].name}.update`).examples);

/** Where updates are changes, publishes the state that they change, if there is none. */
async function beginWith(test, { topic, type, payload }) {
  const snapshot = test.contract.messages.get(type.replace(/update$/, "snapshot"))?.examples[0];
  if (!snapshot) return;
  const path = `/publish/${encodeURIComponent(topic)}`;
  const refused = await post(test, path, payload);
  if (refused.status === 200) return;
  test.same([refused.status, refused.payload.code], [409, "snapshot_required"]);
  test.equal((await post(test, `${path}/snapshot`, snapshot.payload)).status, 200);
}

const anyContract = {
  ...documents,

  "what is published reaches the topic's subscribers, unchanged": async (test) => {
    const { contract, connect, same, ok } = test;
    ok(published(contract).length > 0, "this contract takes no publications");
    for (const { topic, type, payload } of published(contract)) {
      const connection = await connect({ path: `/ws/${encodeURIComponent(topic)}` });
      await connection.next("answer", ({ payload }) => payload.topic === topic);
      await beginWith(test, { topic, type, payload });
      const answer = await post(test, `/publish/${encodeURIComponent(topic)}`, payload);
      same([answer.status, answer.payload.topic], [200, topic]);
      const update = await connection.next(type, (frame) => frame.type === type && frame.seq === answer.payload.seq);
      same([update.topic, update.seq, update.payload], [topic, answer.payload.seq, payload]);
    }
  },

  "a publication that breaks the contract is refused with what ajv finds, and reaches nobody": async (test) => {
    const { contract, connect, ok, equal } = test;
    for (const right of published(contract)) {
      await beginWith(test, right);
      const connection = await connect({ path: `/ws/${encodeURIComponent(right.topic)}` });
      const joined = await connection.next("answer", ({ payload }) => payload.topic === right.topic);
      for (const { what, frame: payload } of mutations(right.payload)) {
        const violations = contract.violations({ ...right, payload });
        if (violations.length === 0) continue;
        const answer = await post(test, `/publish/${encodeURIComponent(right.topic)}`, payload);
        const named = pointers(answer.payload.details ?? []);
        equal(answer.status, 422, `${right.type}, ${what}`);
        // It may name more: a parameter that is not the topic's.
        for (const { pointer } of violations) ok(named.includes(pointer.replace(/^\/payload/, "")), `${right.type}, ${what}: ${named}`);
      }
      const marker = await post(test, `/publish/${encodeURIComponent(right.topic)}`, right.payload);
      const update = await connection.next("update", ({ type, seq }) => type === right.type && seq > joined.payload.seq);
      equal(update.seq, marker.payload.seq, "a refused publication reached a subscriber");
    }
  },

  "requests that nobody serves answer not_implemented": async (test) => {
    const { contract, same } = test;
    for (const { type } of contract.requests) {
      if (/subscribe$|^get_status$|^ping$|^auth/.test(type)) continue;
      const answer = await post(test, `/ops/${type}`, contract.messages.get(type).examples[0].payload);
      same([type, answer.status, answer.payload.code], [type, 501, "not_implemented"]);
    }
  },
};

/** The built-in contract without its module: its topics take publications, changes among them. */
function publishedByAnyone() {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  const path = join(folder, "published.yaml");
  writeFileSync(path, readFileSync(`${ROOT}asyncapi.yaml`, "utf8").replaceAll("source: service", "source: publish\n      publish_permissions: []"));
  return path;
}

const examples = readdirSync(`${ROOT}examples`).filter((name) => name.endsWith(".yaml")).map((name) => `${ROOT}examples/${name}`);

export const scenarios = [
  {
    name: "as it comes",
    args: [],
    checks: { ...documents, ...requestsAndAnswers, ...topics, ...refusals, ...closing, ...overHttp },
  },
  { name: "small limits", args: ["--max-subscriptions=2", "--max-connections=2", "--heartbeat=300ms"], checks: smallLimits },
  { name: "in a hurry", args: ["--max-frames-per-second=5", "--max-connection-age=2s"], checks: hurried },
  {
    name: "more than a client can read",
    args: ["--source=synthetic", "--symbols=1", "--rate=1000", "--max-outbox-bytes=65536"],
    checks: slowReader,
  },
  { name: "the last recorded days", args: ["--replay-start=2013-02-28", "--replay-day=1s"], checks: lap },
  { name: "tokens", args: [`--jwt-secret-file=${secretFile()}`], checks: tokens },
  { name: "no module", args: ["--modules=none"], checks: withoutModules },
  ...[publishedByAnyone(), ...examples].map((spec) => ({ name: "another contract", args: [`--spec=${spec}`], spec, checks: anyContract })),
  { name: "the end", args: [], checks: stopping },
];
