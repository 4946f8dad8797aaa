// Tests the contract against a real server, with nothing of Tickwire's own code.
//
//   node run.js PATH/TO/tickwire [only these checks: a part of their name]
//
// Each scenario starts the server its own way. Whatever it sends, in any check, is validated
// against the documents that it serves itself; see connection.js.

import { deepStrictEqual as same, ok, strictEqual as equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Connection } from "./connection.js";
import { Contract } from "./contract.js";
import { Coverage } from "./coverage.js";
import { Server } from "./server.js";
import { scenarios } from "./scenarios.js";

const [binary, only = ""] = process.argv.slice(2);
if (!binary) {
  console.error("usage: node run.js PATH/TO/tickwire [PART OF A CHECK'S NAME]");
  process.exit(2);
}
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

let coverage;
let failures = 0;

for (const scenario of scenarios) {
  const checks = Object.entries(scenario.checks).filter(([name]) => name.includes(only));
  if (checks.length === 0) continue;
  console.log(`${scenario.name}  (serve ${scenario.args.join(" ")})`.trimEnd());
  const server = await Server.start(resolve(binary), scenario.args);
  try {
    const contract = await Contract.of(server.base);
    // Only the built-in contract has to be reached in full.
    const seen = new Coverage(contract, JSON.parse(read("close-codes.json")));
    if (!scenario.spec) coverage ??= seen;
    const shared = { scenario, server, contract, coverage: scenario.spec ? seen : coverage };
    for (const [name, check] of checks) await perform(name, check, shared);
  } finally {
    await server.stop();
  }
}

if (!only) {
  const differences = coverage.differences(JSON.parse(read("not-reached.json")));
  console.log(`coverage of the contract\n  ${differences.length ? "FAIL" : "ok"}  all reached but what not-reached.json excuses`);
  for (const difference of differences) console.log(`        ${difference}`);
  failures += differences.length ? 1 : 0;
}
console.log(failures ? `${failures} failed` : "all passed");
process.exitCode = failures ? 1 : 0;

/** A check may open connections; what they complain about is its failure too. */
async function perform(name, check, shared) {
  const connections = [];
  const test = {
    ...shared, same, ok, equal,
    async connect(options) {
      const connection = await Connection.open(test, options);
      connections.push(connection);
      return connection;
    },
  };
  const faults = [];
  const start = performance.now();
  try {
    await check(test);
  } catch (error) {
    faults.push(error.message);
  }
  for (const connection of connections) {
    connection.socket.terminate();
    faults.push(...new Set(connection.faults));
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${faults.length ? "FAIL" : "ok"}  ${name}  (${seconds} s)`);
  for (const fault of faults.slice(0, 10)) console.log(`        ${fault.replaceAll("\n", "\n        ")}`);
  failures += faults.length ? 1 : 0;
}
