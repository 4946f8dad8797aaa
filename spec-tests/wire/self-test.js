// A check that cannot fail proves nothing. So: a server that answers by the examples of the
// contract, which must pass, and then one fault at a time, which must be noticed.

import { createServer } from "node:http";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { WebSocketServer } from "ws";
import { parse } from "yaml";
import { Connection } from "./connection.js";
import { Contract } from "./contract.js";
import { Coverage } from "./coverage.js";

const document = parse(readFileSync(new URL("../../asyncapi.yaml", import.meta.url), "utf8"));
const definitions = JSON.parse(JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/definitions/"));
const served = {
  "/ws/asyncapi.json": document,
  "/ws/schemas.json": { $schema: "http://json-schema.org/draft-07/schema#", definitions },
};

/** Answers `bars.subscribe` by its example, then sends two updates and a binary-free silence. */
async function mock(contract, fault) {
  const http = createServer((request, response) => response.end(JSON.stringify(served[request.url])));
  new WebSocketServer({ server: http }).on("connection", (socket) => {
    const example = (type) => structuredClone(contract.messages.get(type).examples[0]);
    socket.on("message", (data) => {
      const answer = { ...example("bars.subscribe.response"), msg_id: JSON.parse(data).msg_id };
      const update = example("bars.update");
      const frames = [answer, update, { ...update, seq: update.seq + 1 }];
      for (const frame of fault(frames) ?? frames) {
        socket.send(typeof frame === "object" && !Buffer.isBuffer(frame) ? JSON.stringify(frame) : frame);
      }
      socket.close(1000);
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return { host: `127.0.0.1:${http.address().port}`, close: () => http.close() };
}

/** The example of an order book's frame. */
const book = (type) => structuredClone(contract.messages.get(`orderbook.${type}`).examples[0]);

const faults = [
  ["nothing is wrong", null, () => undefined],
  ["an update without seq", /breaks the contract at its root/, ([, update]) => { delete update.seq; }],
  ["a payload that breaks its schema", /at \/payload\/open/, ([, update]) => { update.payload.open = -1; }],
  ["an unknown type", /"bars.updates" is not in the contract/, ([, update]) => { update.type = "bars.updates"; }],
  ["a field too many", /breaks the contract at its root/, ([answer]) => { answer.hello = 1; }],
  ["an update of another topic", /nothing is subscribed/, ([, update]) => { update.topic = "bars:MSFT:1"; }],
  ["updates in the wrong order", /seq 1842 after 1843/, ([answer, update, next]) => [answer, next, update]],
  ["an update before the answer", /nothing is subscribed/, ([answer, update, next]) => [update, answer, next]],
  ["no wrong order book", null, () => [book("subscribe.response"), book("snapshot"), book("update")]],
  ["a change of nothing", /without a snapshot/, () => [book("subscribe.response"), book("update")]],
  ["a change that is left out", /seq 1843 after 1841/, () => [book("subscribe.response"), book("snapshot"), { ...book("update"), seq: 1843 }]],
  ["not JSON", /not JSON/, () => ["hello"]],
  ["a binary frame", /a binary frame/, () => [Buffer.from("{}")]],
];

const contract = new Contract(...Object.values(served));
let failed = false;
const verdict = (passed, what, said) => {
  console.log(`  ${passed ? "ok" : "FAIL"}  noticed: ${what}${passed ? "" : `, it said: ${said}`}`);
  failed ||= !passed;
};

for (const [what, expected, fault] of faults) {
  const server = await mock(contract, fault);
  const connection = await Connection.open({ contract, server, coverage: new Coverage(contract, []) }, { protocols: [] });
  connection.send({ type: "bars.subscribe", msg_id: "m", payload: { symbol: "AAPL" } });
  await connection.closed;
  server.close();
  const said = connection.faults.join("; ");
  verdict(expected ? expected.test(said) : said === "", what, said || "nothing");
}

const coverage = new Coverage(contract, [1000, 4400]);
for (const kind of Object.keys(coverage.missing)) coverage.missing[kind].clear();
verdict(coverage.differences({}).length === 0, "nothing is missing");
verdict(coverage.differences({ "error codes": { internal: "…" } }).length === 1, "an exception that is not needed");
coverage.missing["close codes"].add("4400");
verdict(coverage.differences({}).length === 1, "a close code that was not reached");

process.exitCode = failed ? 1 : 0;
