// Holds docs/languages.md to the truth: the command of each row of its tables is run as it stands there,
// on the contract of a running server, and its outcome is what the row says.
//
//   ./run.sh URL [WORD]     only the rows whose names contain WORD
//
// checks.js says what an outcome means. A row that is broken upstream has to be broken still, in the
// way that the page says: so we notice when it gets mended.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checks } from "./checks.js";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const [url, only = ""] = process.argv.slice(2);
const COMMAND_TIMEOUT_MS = 120_000;
const AT_ONCE = 2;

/** The rows of a page's tables that have a command: `| name | `command` | **verdict**: more |`. */
function rowsOf(page) {
  return [...page.matchAll(/^\| ([^|]+) \| `([^`]+)` \| \*\*(\w+)\*\*(.*)\|$/gm)].map(
    ([, name, command, verdict, outcome]) => ({ name: name.trim(), command, verdict, outcome }),
  );
}

/** Every example of the contract with the name of its frame's schema. */
function examplesOf(document) {
  return Object.values(document.components.messages).flatMap(({ payload, examples }) =>
    examples.map((example) => ({ frame: payload.$ref.split("/").pop(), value: example.payload })),
  );
}

/** Where a row's command runs: the documents, and the programs that use what it makes. */
async function folderFor(row, scratch, documents) {
  const folder = join(scratch, row.name.replace(/\W+/g, "-"));
  mkdirSync(folder);
  for (const [file, text] of Object.entries(documents)) writeFileSync(join(folder, file), text);
  cpSync(join(here, "consumers"), folder, { recursive: true });
  return folder;
}

/** Runs a command of the shell; `{ status, output }`, both streams together. */
function shell(command, cwd, env) {
  return new Promise((done) => {
    const child = spawn("sh", ["-c", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: COMMAND_TIMEOUT_MS });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("error", (error) => done({ status: -1, output: `${output}${error}` }));
    child.on("close", (status) => done({ status, output }));
  });
}

async function tryOut(row, scratch, documents, env) {
  const check = checks[row.name];
  if (!check) return "checks.js does not know this row";
  const [verdict, examine] = check;
  if (verdict !== row.verdict) return `the page says "${row.verdict}", checks.js "${verdict}"`;
  const folder = await folderFor(row, scratch, documents);
  const run = (command) => shell(command, folder, env);
  try {
    await examine({ ...(await run(row.command)), folder, run, url, row });
    return null;
  } catch (error) {
    return error.stack ?? String(error);
  }
}

const rows = rowsOf(readFileSync(join(root, "docs/languages.md"), "utf8"));
const unknown = Object.keys(checks).filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) throw new Error(`docs/languages.md has no row for ${unknown.join(", ")}`);

const documents = {};
for (const file of ["asyncapi.client.json", "schemas.json"]) {
  const response = await fetch(new URL(`/ws/${file}`, url));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  documents[file] = await response.text();
}
documents["examples.json"] = JSON.stringify(examplesOf(JSON.parse(documents["asyncapi.client.json"])));

const scratch = mkdtempSync(join(tmpdir(), "tickwire-languages-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
// The AsyncAPI tools report their use to their makers unless told otherwise.
writeFileSync(join(scratch, "analytics.json"), JSON.stringify({ analyticsEnabled: "false", infoMessageShown: "true" }));
const env = {
  ...process.env,
  ASYNCAPI_METRICS_CONFIG_PATH: join(scratch, "analytics.json"),
  SUPPRESS_NO_CONFIG_WARNING: "1",
  NO_COLOR: "1",
  GOCACHE: join(root, "target/test-tools/go-cache"),
  GOPROXY: "off",
  GOTOOLCHAIN: "local",
};

const waiting = rows.filter(({ name }) => name.includes(only));
let failed = 0;
async function work() {
  for (let row = waiting.shift(); row; row = waiting.shift()) {
    const begin = Date.now();
    const complaint = await tryOut(row, scratch, documents, env);
    const took = ((Date.now() - begin) / 1000).toFixed(1);
    console.log(`${complaint ? "FAIL" : "  ok"}  ${row.name}: ${row.verdict} (${took} s)`);
    if (complaint) {
      failed += 1;
      console.log(complaint.replace(/^/gm, "        "));
    }
  }
}
if (waiting.length === 0) throw new Error(`no row is called "${only}"`);
await Promise.all(Array.from({ length: AT_ONCE }, work));
process.exitCode = failed ? 1 : 0;
