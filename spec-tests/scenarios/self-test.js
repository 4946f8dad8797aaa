// The test of the tests: a client that does right passes every scenario, and each is failed by one
// that does something wrong. A scenario that nothing can fail shows nothing.
//
//   node self-test.js [--jobs N]

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { faults } from "./faults.js";
import { play } from "./play.js";

const { jobs } = parseArgs({ options: { jobs: { type: "string", default: "4" } } }).values;
const scenarios = JSON.parse(readFileSync(new URL("scenarios.json", import.meta.url), "utf8"));
const byName = new Map(scenarios.map((scenario) => [scenario.name, scenario]));
const reference = new URL("reference.js", import.meta.url).pathname;
const complaints = [];

const unnoticed = scenarios.filter(({ name }) => !Object.values(faults).some(({ noticed }) => noticed.includes(name)));
complaints.push(...unnoticed.map(({ name }) => `${name}: no fault is to be noticed by it`));

const plays = scenarios.map((scenario) => ({ scenario }));
for (const [fault, { noticed }] of Object.entries(faults)) {
  for (const name of noticed) {
    if (byName.has(name)) plays.push({ scenario: byName.get(name), fault });
    else complaints.push(`${fault}: there is no scenario ${name}`);
  }
}
await Promise.all(Array.from({ length: Number(jobs) }, async () => {
  for (let next; (next = plays.shift());) await examine(next);
}));
for (const complaint of complaints) console.log(`  FAIL  ${complaint}`);
console.log(complaints.length ? `${complaints.length} failed` : `${scenarios.length} scenarios can be passed, and each is failed by one of ${Object.keys(faults).length} faults`);
process.exitCode = complaints.length ? 1 : 0;

/** Without a fault it has to pass, with one to fail; then most wait for what never comes. */
async function examine({ scenario, fault }) {
  const command = fault ? ["env", `FAULT=${fault}`, process.execPath, reference] : [process.execPath, reference];
  const { faults: found } = await play(scenario, command, fault ? 2000 : 15000);
  if (fault && !found.length) complaints.push(`${scenario.name} does not notice a client that ${fault}`);
  if (fault && found.length && process.env.VERBOSE) console.log(`${scenario.name}, ${fault}: ${found[0]}`);
  if (!fault) complaints.push(...found.map((one) => `${scenario.name}, without a fault: ${one}`));
}
