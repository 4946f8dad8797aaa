// What a client may do wrong, one thing at a time, and which scenarios notice it.

const nothing = () => {};

/** `method` of the client, with what `around` makes of the original. */
function replace(client, method, around) {
  const original = client[method].bind(client);
  client[method] = around(original);
}

const stops = ["1000", "1001", "1002", "1007", "1009", "4400", "4401", "4403", "4406"].map((code) => `close-${code}-stops`);
const reconnects = ["1011", "1012", "4408", "4410", "4999"].map((code) => `close-${code}-reconnects`);

export const faults = {
  "offers no subprotocol": { break: (client) => { client.protocols = () => []; }, noticed: ["subscribe-and-updates"] },
  "forgets what was asked before it was open": {
    break: (client) => replace(client, "subscribe", (original) => (command) => client.state === "open" && original(command)),
    noticed: ["subscribe-while-connecting"],
  },
  "takes the answer for the position": {
    break: (client) => replace(client, "confirmed", (original) => (topic, result) => {
      original(topic, result);
      if (!result.recovered) topic.position = { epoch: result.epoch, seq: result.seq };
    }),
    noticed: ["subscribe-with-history", "resume-delta-without-a-snapshot"],
  },
  "subscribes for each subscriber": {
    break: (client) => { client.want = (topic) => client.begin([topic]); },
    noticed: ["subscribers-share", "subscribers-share-unanswered"],
  },
  "gives an old subscription's updates to a new one": {
    break: (client) => replace(client, "update", (original) => (frame) => {
      const topic = client.topics.get(frame.topic);
      if (topic) topic.wire = "live";
      original(frame);
    }),
    noticed: ["unsubscribe-and-return"],
  },
  "tries refused topics again": {
    break: (client) => replace(client, "refused", (original) => (topic, error) => original(topic, { ...error, retryable: true })),
    noticed: ["subscribe-refused"],
  },
  "gives up what may pass": {
    break: (client) => replace(client, "refused", (original) => (topic, error) => original(topic, { ...error, retryable: false })),
    noticed: ["subscribe-refused-for-now", "subscribe-rate-limited"],
  },
  "subscribes one by one": {
    break: (client) => { client.resubscribe = () => client.topics.forEach((topic) => client.begin([topic])); },
    noticed: ["many-topics-in-few-frames"],
  },
  "sends frames of any size": { break: (client) => { client.tooLarge = () => false; }, noticed: ["batches-fit-the-frame", "request-too-large"] },
  "takes answers in the order of requests": {
    break: (client) => replace(client, "answered", (original) => (_, __, frame) => {
      const [id, request] = client.requests.entries().next().value;
      original(id, request, frame);
    }),
    noticed: ["requests-out-of-order"],
  },
  "waits for ever": {
    break: (client) => replace(client, "ask", (original) => (type, payload, callbacks, now) => original(type, payload, callbacks, now, 1e8)),
    noticed: ["request-times-out", "request-waits-no-longer-than-its-time"],
  },
  "hides why": {
    break: (client) => replace(client, "fail", (original) => (id, { kind }) => original(id, { kind })),
    noticed: ["request-refused"],
  },
  "sends what breaks the contract": { break: (client) => { client.refusal = nothing; }, noticed: ["request-invalid"] },
  "believes everything": {
    break: (client) => { client.broken = nothing; },
    noticed: ["request-answer-invalid", "invalid-update"],
  },
  "forgets that it has seen an invalid update": {
    break: (client) => { client.broken = () => client.invalid(); },
    noticed: ["invalid-update"],
  },
  "repeats requests": {
    break: (client) => replace(client, "lost", (original) => (...args) => {
      client.requests.forEach((request) => { request.sent = false; });
      original(...args);
    }),
    noticed: ["request-in-flight-is-lost", ...stops],
  },
  "refuses requests between connections": {
    break: (client) => replace(client, "refusal", (original) => (frame) => client.state === "waiting" ? { kind: "closed" } : original(frame)),
    noticed: ["request-between-connections"],
  },
  "comes back too soon": {
    break: (client) => { client.delay = () => client.jitter(client.attempt); },
    noticed: ["restart-with-resume", "close-4429-backs-off", "close-4430-backs-off", "close-4429-later"],
  },
  "forgets positions": {
    break: (client) => replace(client, "away", (original) => (topic) => { topic.position = null; original(topic); }),
    noticed: ["restart-with-resume", "resume-out-of-retention", "resume-in-another-epoch", "resume-delta", "reset-restarted", ...reconnects],
  },
  "hides that updates are lost": {
    break: (client) => replace(client, "notice", (original) => (topic, notice) => notice.notice !== "not_recovered" && original(topic, notice)),
    noticed: ["resume-out-of-retention", "resume-in-another-epoch", "resume-delta", "gap-in-delta-becomes-a-snapshot", "gap-that-stays-is-declared"],
  },
  "forgets the options": {
    break: (client) => replace(client, "away", (original) => (topic) => { topic.options = {}; original(topic); }),
    noticed: ["lost-before-the-answer"],
  },
  "subscribes to what was left": {
    break: (client) => replace(client, "unsubscribe", (original) => (command) => client.state === "open" && original(command)),
    noticed: ["left-while-away"],
  },
  "never stops": {
    break: (client) => { client.isFinal = () => false; },
    noticed: [...stops, "handshake-401-stops", "handshake-403-stops", "auth-refused-by-close"],
  },
  "always stops": {
    break: (client) => { client.isFinal = () => true; },
    noticed: [...reconnects, "cut-reconnects", "close-4440-refreshes", "close-4450-reconnects-at-once", "handshake-503-backs-off", "nobody-listens"],
  },
  "waits for the cap": {
    break: (client) => { client.jitter = () => client.cap; },
    noticed: [...reconnects, "cut-reconnects", "handshake-503-backs-off", "attempts-are-counted-on", "close-4430-backs-off"],
  },
  "is in no hurry": {
    break: (client) => { client.delay = () => 20; },
    noticed: ["close-4450-reconnects-at-once"],
  },
  "counts attempts from every connection": {
    break: (client) => replace(client, "opened", (original) => () => { client.attempt = 0; original(); }),
    noticed: ["attempts-are-counted-on"],
  },
  "trusts in silence": { break: (client) => { client.alive = nothing; }, noticed: ["silence-is-asked", "silence-ends-the-connection"] },
  "asks, and does not wait": {
    break: (client) => replace(client, "ask", (original) => (type, ...rest) => type === "ping" ? client.giveUp() : original(type, ...rest)),
    noticed: ["silence-is-asked", "silence-ends-the-connection"],
  },
  "comes back after the user's close": {
    break: (client) => { client.close = () => client.socket.close(1000); },
    noticed: ["closed-by-the-user", "closed-by-the-user-while-waiting"],
  },
  "sees no gaps": {
    break: (client) => replace(client, "confirmed", (original) => (topic, result) => { topic.class = "latest"; original(topic, result); }),
    noticed: ["gap-in-window-is-repaired", "gap-in-lossless-is-repaired", "gap-in-delta-is-repaired", "gap-in-delta-becomes-a-snapshot", "gap-at-the-beginning-is-repaired"],
  },
  "sees gaps everywhere": {
    break: (client) => replace(client, "confirmed", (original) => (topic, result) => { topic.class = "window"; original(topic, result); }),
    noticed: ["gap-in-latest-is-none"],
  },
  "repairs for ever": {
    break: (client) => replace(client, "update", (original) => (frame) => {
      const topic = client.topics.get(frame.topic);
      if (topic) topic.repaired = null;
      original(frame);
    }),
    noticed: ["gap-that-stays-is-declared"],
  },
  "takes snapshots for changes": {
    break: (client) => replace(client, "update", (original) => (frame) => original({ ...frame, type: frame.type.replace("snapshot", "update") })),
    noticed: ["snapshot-is-no-gap"],
  },
  "takes updates twice": {
    break: (client) => replace(client, "update", (original) => (frame) => {
      const position = client.topics.get(frame.topic)?.position;
      if (position && frame.seq <= position.seq) position.seq = frame.seq - 1;
      original(frame);
    }),
    noticed: ["duplicates-are-dropped"],
  },
  "has no snapshot for who comes late": { break: (client) => { client.renew = nothing; }, noticed: ["late-subscriber-of-delta"] },
  "ignores resets": { break: (client) => { client.reset = nothing; }, noticed: ["reset-overflow", "reset-restarted", "reset-ended", "reset-revoked"] },
  "ignores alerts": {
    break: (client) => replace(client, "read", (original) => (text) => text.includes("system_alert") || original(text)),
    noticed: ["push-to-everyone"],
  },
  "takes the unknown for invalid": { break: (client) => { client.unknown = client.invalid; }, noticed: ["unknown-type"] },
  "hangs up on nonsense": { break: (client) => { client.invalid = () => client.giveUp(); }, noticed: ["invalid-json"] },
  "complains of updates that nobody asked for": {
    break: (client) => replace(client, "update", (original) => (frame) => client.topics.has(frame.topic) ? original(frame) : client.invalid()),
    noticed: ["update-of-nobody"],
  },
  "keeps its first token": {
    break: (client) => replace(client, "token", (original) => () => client.kept ??= original()),
    noticed: ["auth-first", "close-4440-refreshes", "auth-refresh"],
  },
  "waits for welcome to say who it is": {
    break: (client) => replace(client, "authenticate", (original) => (type) => client.welcome && original(type)),
    noticed: ["auth-before-welcome"],
  },
  "subscribes before it is known": {
    break: (client) => replace(client, "authenticate", (original) => (type) => { original(type); client.authenticated = true; }),
    noticed: ["auth-refused"],
  },
  "shrugs when its token is refused": {
    break: (client) => replace(client, "end", (original) => (why) => why.error || original(why)),
    noticed: ["auth-refused", "auth-refresh-refused"],
  },
  "takes every refusal of its token for the last": {
    break: (client) => replace(client, "notTaken", (original) => (type, why) => original(type, { ...why, retryable: false })),
    noticed: ["auth-refused-for-now", "auth-refresh-refused-for-now"],
  },
  "makes up a token": {
    break: (client) => { client.token = () => "made-up"; client.connect = connectWith(client, ["made-up"]); },
    noticed: ["no-token-no-auth"],
  },
};

function connectWith(client, tokens) {
  const original = client.connect.bind(client);
  return (address, options) => original(address, { ...options, tokens });
}
