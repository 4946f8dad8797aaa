// Other people's clients against a real server: node run.js PATH/TO/tickwire [CLIENT…]
//
// Each goes through the same scenario, with every subprotocol and everything that it offers of
// its own accord (such as compression): see scenario.js.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Server } from "../wire/server.js";
import { Network } from "./network.js";

// Trades come about a hundred a second, and who does not answer pings is closed after two seconds.
const ARGS = ["--source", "synthetic", "--symbols", "2", "--rate", "200", "--heartbeat", "1s"];
const PROTOCOLS = ["tickwire.v1.json"];

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const node = (...args) => [process.execPath, ...args];
const clients = {
  "Chromium": node(here("chromium.js")),
  "Node's own WebSocket": node("--experimental-websocket", here("node-built-in.js")),
  "Node, ws": node(here("node-ws.js")),
  "Python, websockets": [process.env.PYTHON ?? "python3", here("python.py")],
  "websocat": node(here("websocat.js")),
};

const [binary, ...only] = process.argv.slice(2);
const unknown = only.filter((name) => !(name in clients));
if (!binary || unknown.length > 0) {
  console.error(`usage: node run.js PATH/TO/tickwire [CLIENT…], of ${Object.keys(clients).join("; ")}`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const server = await Server.start(resolve(binary), ARGS);
try {
  for (const name of only.length > 0 ? only : Object.keys(clients)) {
    for (const protocol of PROTOCOLS) await perform(name, protocol);
  }
} finally {
  await server.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function perform(name, protocol) {
  const network = await Network.start(server.host);
  const [command, ...args] = clients[name];
  const start = performance.now();
  const child = spawn(command, [...args, network.url, network.cut, protocol], { stdio: ["ignore", "pipe", "pipe"] });
  const [out, complaints, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  network.stop();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${status === 0 ? "ok" : "FAIL"}  ${name}: ${out.trim() || protocol}  (${seconds} s)`);
  if (status !== 0) console.log(complaints.trim().replaceAll(/^/gm, "        "));
  if (status === 0) passed += 1;
  else failed += 1;
}
