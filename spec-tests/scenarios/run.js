// Holds a client to the list of scenarios. See README.md.
//
//   node run.js [--only PART] [--without ABILITY]… [--jobs N] [--patience SECONDS] DRIVER…

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { play } from "./play.js";

const { options, command } = argumentsOf(process.argv.slice(2));
const all = JSON.parse(readFileSync(new URL("scenarios.json", import.meta.url), "utf8"));
const chosen = all.filter(({ name }) => name.includes(options.only));
const unable = new Set(options.without);
const excused = chosen.filter(({ needs = [] }) => needs.some((need) => unable.has(need)));
const scenarios = chosen.filter((scenario) => !excused.includes(scenario));
if (scenarios.length === 0) {
  console.error("no scenario has such a name");
  process.exit(2);
}

let failures = 0;
const todo = [...scenarios];
await Promise.all(Array.from({ length: Number(options.jobs) }, async () => {
  for (let scenario; (scenario = todo.shift());) {
    const { faults, stderr } = await play(scenario, command, Number(options.patience) * 1000);
    console.log(`  ${faults.length ? "FAIL" : "ok"}  ${scenario.name}`);
    for (const fault of faults.slice(0, 10)) console.log(`        ${fault}`);
    if (faults.length && stderr) console.log(`        stderr: ${stderr.trim().replaceAll("\n", "\n        ")}`);
    failures += faults.length ? 1 : 0;
  }
}));
for (const { name, needs } of excused) console.log(`  not played, since the client lacks ${needs.join(", ")}: ${name}`);
console.log(failures ? `${failures} of ${scenarios.length} failed` : `all ${scenarios.length} passed`);
process.exitCode = failures ? 1 : 0;

/** Options stand before the driver, whose own options are its own. */
function argumentsOf(args) {
  const known = {
    only: { type: "string", default: "" }, without: { type: "string", multiple: true, default: [] },
    jobs: { type: "string", default: "4" }, patience: { type: "string", default: "10" },
  };
  let end = 0;
  while (args[end]?.startsWith("--") && args[end].slice(2) in known) end += 2;
  const command = args.slice(end);
  if (command.length === 0) {
    console.error("usage: node run.js [--only PART] [--without ABILITY]… [--jobs N] [--patience SECONDS] DRIVER…");
    process.exit(2);
  }
  return { options: parseArgs({ args: args.slice(0, end), options: known }).values, command };
}
