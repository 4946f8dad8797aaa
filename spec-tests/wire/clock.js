// What a client notices when the server's wall clock jumps: the times in frames, nothing else.
//
//   node clock.js PATH/TO/tickwire
//
// Needs libfaketime (Debian: faketime), which tells the server another time than the kernel's. The
// clock that never jumps, by which the server measures how long things take, is left alone.

import { deepStrictEqual as same, ok, strictEqual as equal } from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Connection } from "./connection.js";
import { Contract } from "./contract.js";
import { Coverage } from "./coverage.js";
import { Server } from "./server.js";

const DAY_MS = 86_400_000;
const ARGS = ["--source", "synthetic", "--symbols", "1", "--rate", "100", "--heartbeat", "1s", "--linger", "2s"];

const library = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));
const [binary] = process.argv.slice(2);
if (!binary || !library) {
  console.error("usage: node clock.js PATH/TO/tickwire (needs libfaketime)");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "tickwire-clock-"));
const jump = (offset) => writeFileSync(join(folder, "offset"), `${offset}\n`);
let requests = 0;
jump("+0");
const server = await started();
try {
  const contract = await Contract.of(server.base);
  const test = { server, contract, coverage: new Coverage(contract, []) };
  const connection = await Connection.open(test);
  const subscribed = (await ask(connection, "trades.subscribe", { symbol: "SYN0001" })).payload;
  let last = await follow(connection, subscribed.seq, 30);
  near(last.timestamp, 0);

  for (const [offset, days] of [["+1d", 1], ["-2d", -2], ["+3650d", 3650], ["+0", 0]]) {
    jump(offset);
    near((await ask(connection, "ping", {})).payload.server_time, days);
    // For longer than a silent client is borne.
    last = await follow(connection, last.seq, 250);
    near(last.timestamp, days);
    const status = (await ask(connection, "get_status", {})).payload;
    same(status.subscriptions.map(({ topic }) => topic), ["trades:SYN0001"]);

    const other = await Connection.open(test);
    const since = { epoch: subscribed.epoch, seq: last.seq - 10 };
    const resumed = (await ask(other, "trades.subscribe", { symbol: "SYN0001", since })).payload;
    equal(resumed.recovered, true);
    await follow(other, since.seq, 20);
    equal(await other.close(), 1000);
    same(other.faults, []);
    console.log(`  ok  the clock jumps to ${offset}`);
  }

  // The linger is a duration: it is over when it is over.
  await ask(connection, "trades.unsubscribe", { symbol: "SYN0001" });
  jump("-1d");
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const again = (await ask(connection, "trades.subscribe", { symbol: "SYN0001" })).payload;
  ok(again.epoch !== subscribed.epoch, "the topic lingered for longer than 2 s");
  console.log("  ok  a topic's linger ends");
  equal(await connection.close(), 1000);
  same(connection.faults, []);
} finally {
  const status = await server.stop();
  rmSync(folder, { recursive: true });
  equal(status, 0, "an orderly end");
}
console.log("all passed");

async function started() {
  Object.assign(process.env, {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: join(folder, "offset"),
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  });
  try {
    return await Server.start(resolve(binary), ARGS);
  } finally {
    delete process.env.LD_PRELOAD;
  }
}

async function ask(connection, type, payload) {
  const answer = await connection.ask({ type, msg_id: `${++requests}`, payload });
  ok(answer.type !== "error", JSON.stringify(answer));
  return answer;
}

/** Takes so many updates, which have to go on behind `seq`; the last of them. */
async function follow(connection, seq, count) {
  let update;
  for (const end = seq + count; seq < end; seq += 1) {
    update = await connection.next(`update ${seq + 1}`, (frame) => frame.topic === "trades:SYN0001");
    equal(update.seq, seq + 1);
  }
  return update;
}

/** Whether a time is the present, so many days off. */
function near(time, days) {
  const off = Date.parse(time) - Date.now() - days * DAY_MS;
  ok(Math.abs(off) < 60_000, `${time} is ${off} ms off ${days} days`);
}
