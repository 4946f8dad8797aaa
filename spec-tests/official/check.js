// Runs the official tools over AsyncAPI documents and fails on any diagnostic, hints included.
//
//   ./run.sh FILE…       check these documents (default: ../../asyncapi.yaml and the examples)
//   ./run.sh --self-test break the contract on purpose; each tool has to notice
//
// `tickwire check` is the strict check of the contract. This one makes sure that the rest of the
// AsyncAPI world reads our documents without a complaint.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { Parser } from "@asyncapi/parser";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const bin = (name) => join(here, "node_modules/.bin", name);
const scratch = mkdtempSync(join(tmpdir(), "tickwire-official-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

// The one diagnostic that we live with: the documents are 3.0.0 on purpose, because 3.1.0 has
// nothing for us and the official code generator (Modelina) turns a 3.1.0 document into `any`.
const accepted = "asyncapi-latest-version";

// The tools report their use to their makers unless told otherwise.
const analytics = join(scratch, "analytics.json");
writeFileSync(analytics, JSON.stringify({ analyticsEnabled: "false", infoMessageShown: "true" }));
const env = {
  ...process.env,
  ASYNCAPI_METRICS_CONFIG_PATH: analytics,
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  NO_COLOR: "1",
};

const run = (tool, args) => {
  const child = spawnSync(process.execPath, [bin(tool), ...args], { env, cwd: root, encoding: "utf8" });
  if (child.error) throw child.error;
  return child;
};

/** Each tool takes a file and returns its complaints as lines; none means that it is content. */
const tools = {
  "@asyncapi/parser": async (file) => {
    const { document, diagnostics } = await new Parser().parse(readFileSync(file, "utf8"), { source: file });
    const complaints = diagnostics
      .filter(({ code }) => code !== accepted)
      .map((d) => `${d.path.join("/")} (${d.range.start.line + 1}:${d.range.start.character + 1}): ${d.code}: ${d.message}`);
    // An exception that is no longer needed would hide something one day.
    if (!diagnostics.some(({ code }) => code === accepted)) complaints.push(`${accepted} is accepted, but was not reported`);
    if (!document && complaints.length === 0) complaints.push("no document came out of the parser");
    return complaints;
  },

  "@asyncapi/cli": async (file) => {
    const { status, stdout, stderr } = run("asyncapi", [
      "validate", file, "--score", "--fail-severity=hint", `--suppressWarnings=${accepted}`,
    ]);
    const score = /score of the asyncapi document is (\d+)/.exec(stdout)?.[1];
    const complaints = [];
    if (status !== 0) complaints.push(`exit status ${status}`, ...`${stdout}\n${stderr}`.trim().split("\n"));
    if (score !== "100") complaints.push(`its score is ${score ?? "unknown"}, not 100`);
    return complaints;
  },

  "@redocly/cli": async (file) => {
    const { status, stdout, stderr } = run("redocly", ["lint", "--config=redocly.yaml", "--format=json", file]);
    const report = stdout.startsWith("{") ? JSON.parse(stdout) : null;
    if (!report) return [`exit status ${status}`, ...stderr.trim().split("\n")];
    const complaints = report.problems.map((p) => `${p.location[0]?.pointer}: ${p.ruleId}: ${p.message}`);
    if (status !== 0 && complaints.length === 0) complaints.push(`exit status ${status}`, stderr);
    return complaints;
  },
};

async function check(files) {
  let failed = false;
  for (const file of files) {
    for (const [tool, complaintsAbout] of Object.entries(tools)) {
      const complaints = await complaintsAbout(resolve(file));
      console.log(`${complaints.length ? "FAIL" : "  ok"}  ${tool}  ${relative(root, resolve(file))}`);
      for (const line of complaints) console.log(`        ${line}`);
      failed ||= complaints.length > 0;
    }
  }
  return !failed;
}

// Ways to break a document, each with the tools that have to notice and what they have to say.
const breakages = [
  {
    what: "an operation's message is not of its channel",
    edit: (doc) => { doc.operations.ping.messages = [{ $ref: "#/components/messages/ping" }]; },
    notice: { "@asyncapi/parser": /asyncapi3-operation-messages-from-referred-channel/, "@asyncapi/cli": /exit status [^0]/ },
  },
  {
    what: "an unknown key",
    edit: (doc) => { doc.operations.ping.retries = 3; },
    notice: { "@asyncapi/parser": /asyncapi-document-resolved/, "@asyncapi/cli": /exit status [^0]/, "@redocly/cli": /struct/ },
  },
  {
    // The only hint that the parser has for AsyncAPI 3, so this shows that hints are heard.
    what: "the accepted hint is gone",
    edit: (doc) => { doc.asyncapi = "3.1.0"; },
    notice: { "@asyncapi/parser": /was not reported/ },
  },
  {
    what: "a tag without a description (only a warning)",
    edit: (doc) => { delete doc.components.tags.session.description; },
    notice: { "@redocly/cli": /tag-description/ },
  },
  {
    what: "a server that names no way to authenticate (only a warning)",
    edit: (doc) => { delete doc.servers.local.security; },
    notice: { "@redocly/cli": /security-defined/ },
  },
  {
    what: "a dangling reference",
    edit: (doc) => { doc.components.messages.ping.payload.$ref += "s"; },
    notice: { "@asyncapi/parser": /invalid-ref/, "@asyncapi/cli": /exit status [^0]/, "@redocly/cli": /no-unresolved-refs/ },
  },
  {
    what: "no licence",
    edit: (doc) => { delete doc.info.license; },
    notice: { "@asyncapi/cli": /its score is \d\d,/ },
  },
  {
    what: "not YAML",
    text: "asyncapi: 3.0.0\ninfo: {title: [}\n",
    notice: { "@asyncapi/parser": /./, "@asyncapi/cli": /exit status [^0]/, "@redocly/cli": /./ },
  },
];

async function selfTest() {
  const original = readFileSync(join(root, "asyncapi.yaml"), "utf8");
  let failed = false;
  for (const [n, { what, edit, text, notice }] of breakages.entries()) {
    const file = join(scratch, `broken-${n}.yaml`);
    const document = parse(original);
    edit?.(document);
    // JSON is YAML, so there is no need to write it prettily.
    writeFileSync(file, text ?? JSON.stringify(document));
    for (const [tool, expected] of Object.entries(notice)) {
      const complaints = (await tools[tool](file)).join("\n");
      const noticed = expected.test(complaints);
      console.log(`${noticed ? "  ok" : "FAIL"}  ${tool} notices: ${what}`);
      if (!noticed) console.log(`        expected ${expected}, it said: ${complaints || "nothing"}`);
      failed ||= !noticed;
    }
  }
  return !failed;
}

function contracts() {
  const examples = join(root, "examples");
  const found = existsSync(examples)
    ? readdirSync(examples).filter((name) => name.endsWith(".yaml")).map((name) => join(examples, name))
    : [];
  return [join(root, "asyncapi.yaml"), ...found];
}

const args = process.argv.slice(2);
const passed = args[0] === "--self-test" ? await selfTest() : await check(args.length ? args : contracts());
process.exitCode = passed ? 0 : 1;
