// What the rows of docs/languages.md promise: for each its verdict, and what has to be found after its
// command has run.
//
//   works      compiled or type-checked, and used: against the server, or with the contract's examples
//   compiles   compiled, together with a program that uses it (consumers/)
//   generates  comes out, but there is no compiler for it here
//   broken     by a fault of the tool, which has to be there still

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutNullableReferences } from "./csharp.js";

const here = dirname(fileURLToPath(import.meta.url));
const page = readFileSync(join(here, "../../docs/languages.md"), "utf8");

const succeeded = ({ status, output }) => assert.equal(status, 0, output);
const failed = ({ status, output }, pattern) => {
  assert.notEqual(status, 0, `it no longer fails\n${output}`);
  assert.match(output, pattern);
};
const texts = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")]);

/** Where the socket of a server is. */
const socketOf = (url) => new URL("/ws", url.replace(/^http/, "ws")).href;

/** tsc over a consumer and what it imports, as strict as it can be. */
const tsc = (consumer) =>
  `tsc --noEmit --strict --ignoreConfig --target es2022 --module esnext --moduleResolution bundler --types "" ${consumer}`;

async function go({ folder, run, ...generated }) {
  succeeded(generated);
  const names = new Set(JSON.parse(readFileSync(join(folder, "examples.json"), "utf8")).map(({ frame }) => frame));
  const makers = [...names].map((name) => `\t"${name}": func() any { return new(${name}) },\n`).join("");
  const list = `package tickwire\n\nvar frames = map[string]func() any{\n${makers}}\n`;
  writeFileSync(join(folder, "go/frames_list_test.go"), list);
  writeFileSync(join(folder, "go/go.mod"), "module tickwire\n\ngo 1.19\n");
  succeeded(await run("cp frames_test.go examples.json go/ && cd go && go test ./..."));
  // Only the structs that stand for a choice of messages have malformed tags.
  const vet = await run("cd go && go vet -structtag ./... 2>&1");
  failed(vet, /bad syntax for struct tag value/);
  const { channels } = JSON.parse(readFileSync(join(folder, "asyncapi.client.json"), "utf8"));
  const choices = Object.keys(channels).map((key) => key.toLowerCase());
  const files = new Set([...vet.output.matchAll(/^\.\/(\w+)\.go:/gm)].map(([, file]) => file));
  assert.deepEqual([...files].map((file) => file.replaceAll("_", "")).sort(), choices.sort(), vet.output);
}

async function csharp({ folder, run, ...generated }) {
  succeeded(generated);
  for (const [file, text] of withoutNullableReferences(texts(join(folder, "csharp")))) {
    writeFileSync(join(folder, "csharp", file), text);
  }
  succeeded(await run("mcs -target:library -out:tickwire.dll csharp/*.cs Consumer.cs"));
}

async function kotlin({ run, ...generated }) {
  succeeded(generated);
  const home = join(here, "node_modules/kotlin-compiler");
  const jars = ["compiler", "stdlib", "script-runtime", "reflect"].map((jar) => `${home}/lib/kotlin-${jar}.jar`);
  const path = [...jars, `${home}/lib/kotlinx-coroutines-core-jvm.jar`, `${home}/lib/annotations-13.0.jar`].join(":");
  const compiler = `java -cp ${path} org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -kotlin-home ${home} -no-reflect`;
  succeeded(await run(`${compiler} -d classes kotlin/*.kt Consumer.kt`));
}

async function pydantic({ folder, run, row, ...generated }) {
  succeeded(generated);
  succeeded(await run("mypy --strict frames.py pydantic_models.py && python pydantic_models.py"));
  // With a discriminator, as the page shows it.
  const schemas = JSON.parse(readFileSync(join(folder, "schemas.json"), "utf8"));
  schemas.discriminator = { propertyName: "type" };
  writeFileSync(join(folder, "schemas.json"), JSON.stringify(schemas));
  succeeded(await run(row.command));
  assert.match(readFileSync(join(folder, "frames.py"), "utf8"), /discriminator='type'/);
  succeeded(await run("mypy --strict frames.py pydantic_models.py && python pydantic_models.py"));
}

/** Name of the row → its verdict, and a function that throws when it is not deserved. */
export const checks = {
  "parser, CLI": ["works", async (validated) => {
    succeeded(validated);
    assert.match(validated.output, /score of the asyncapi document is 100\b/);
  }],
  "json-schema-to-typescript": ["works", async ({ run, ...generated }) => {
    succeeded(generated);
    succeeded(await run(tsc("json2ts.ts")));
  }],
  "datamodel-code-generator": ["works", pydantic],
  "Modelina, TypeScript": ["compiles", async ({ run, ...generated }) => {
    succeeded(generated);
    succeeded(await run(tsc("modelina.ts typescript/*.ts")));
  }],
  "Modelina, Java": ["compiles", async ({ run, ...generated }) => {
    succeeded(generated);
    succeeded(await run("javac -d classes java/*.java Consumer.java"));
  }],
  "Modelina, Go": ["works", go],
  "Modelina, C#": ["compiles", csharp],
  "Modelina, Kotlin": ["compiles", kotlin],
  "Modelina, Python": ["works", async ({ run, ...generated }) => {
    succeeded(generated);
    succeeded(await run("python modelina_models.py"));
  }],
  "Modelina, Python with pydantic": ["broken", async ({ folder, run, ...generated }) => {
    succeeded(generated);
    failed(await run("python -m compileall -q pydantic"), /default=''bars\.update''.*\n.*\n.*SyntaxError/);
  }],
  "client, Python": ["works", async ({ folder, run, url, ...generated }) => {
    succeeded(generated);
    const wanted = readFileSync(join(folder, "python/requirements.txt"), "utf8").match(/^websocket-client==.*$/m)[0];
    const installed = readFileSync(join(here, "requirements.txt"), "utf8");
    assert.ok(installed.includes(`${wanted}\n`), `it asks for ${wanted}`);
    succeeded(await run(`PYTHONPATH=python python template_client.py ${socketOf(url)}`));
    const [, snippet] = page.match(/^```python\n(.*?)^```/ms);
    writeFileSync(join(folder, "python/snippet.py"), snippet.replace("ws://localhost:8080/ws", socketOf(url)));
    const shown = await run("python python/snippet.py");
    succeeded(shown);
    for (const type of ["welcome", "bars.subscribe.response", "bars.update"]) {
      assert.ok(shown.output.includes(`{"type":"${type}"`), shown.output);
    }
    failed(await run("PYTHONPATH=python python -c 'import BarsUpdateFrame'"), /NameError: name 'Dict' is not defined/);
  }],
  "client, JavaScript": ["broken", async ({ folder, run, url, ...generated }) => {
    succeeded(generated);
    const modules = join(folder, "javascript/node_modules");
    mkdirSync(join(modules, "@asyncapi"), { recursive: true });
    symlinkSync(join(here, "node_modules/ws"), join(modules, "ws"));
    failed(await run(`node template_client.cjs ${socketOf(url)}`), /Cannot find module '@asyncapi\/keeper'/);
    failed(await run("npm view @asyncapi/keeper version"), /E404/);
    succeeded(await run("cp keeper.cjs javascript/node_modules/@asyncapi/keeper.js"));
    succeeded(await run(`node template_client.cjs ${socketOf(url)}`));
  }],
  "client, Dart": ["generates", async ({ folder, ...generated }) => {
    succeeded(generated);
    const client = readFileSync(join(folder, "dart/client.dart"), "utf8");
    assert.match(client, /void barsSubscribe\(/);
    assert.match(client, /'ws:\/\/localhost:8080\/ws'/);
  }],
  "client, Java": ["broken", async (generated) => {
    failed(generated, /Cannot read properties of undefined \(reading 'address'\)/);
  }],
  "client, Java with Quarkus": ["broken", async ({ folder, run, ...generated }) => {
    succeeded(generated);
    const compiled = await run("javac -d classes quarkus/src/main/java/com/asyncapi/models/*.java");
    failed(compiled, /cannot find symbol/);
    const missing = new Set([...compiled.output.matchAll(/symbol: +class (\w+)/g)].map(([, name]) => name));
    assert.ok(missing.has("UUID") && missing.has("Set"), compiled.output);
    const connector = readFileSync(join(folder, "quarkus/src/main/java/com/asyncapi/TickwireConnector.java"), "utf8");
    assert.match(connector, /"Message #" \+ i \+ " from Quarkus for \w+"/);
  }],
};
