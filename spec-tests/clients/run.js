// Other people's clients against a real server: node run.js PATH/TO/tickwire [CLIENT…]
//
// Each goes through the same scenario (see scenario.js) in both encodings, once without and once
// with a server that compresses, and offers whatever it offers of its own accord.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Server } from "../wire/server.js";
import { Network } from "./network.js";

// Trades come about a hundred a second, and who does not answer pings is closed after two seconds.
const ARGS = ["--source", "synthetic", "--symbols", "2", "--rate", "200", "--heartbeat", "1s"];
const COMPRESSION = ["--compression", "--compression-threshold", "64"];
const PROTOCOLS = ["tickwire.v1.json", "tickwire.v1.msgpack"];

/** Where the page for Chromium is: of another origin than the server, so that it has to be allowed. */
const pagePort = await freePort();

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

/** Those that offer permessage-deflate. Node's own does in some versions. */
const compressing = ["Chromium", "Node, ws", "Python, websockets"];

let passed = 0;
let failed = 0;
for (const compression of [[], COMPRESSION]) {
  const server = await Server.start(resolve(binary), [
    ...ARGS, ...compression, "--allow-origin", `http://127.0.0.1:${pagePort}`,
  ]);
  console.log(compression.length > 0 ? "with compression" : "without compression");
  try {
    for (const protocol of PROTOCOLS) {
      const names = only.length > 0 ? only : Object.keys(clients);
      await Promise.all(names.map((name) => perform(server, name, protocol, compression.length > 0)));
    }
  } finally {
    await server.stop();
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function perform(server, name, protocol, compressed) {
  const network = await Network.start(server.host);
  const [command, ...args] = clients[name];
  const start = performance.now();
  const child = spawn(command, [...args, network.url, network.cut, protocol], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PAGE_PORT: String(pagePort) },
  });
  const [agreed, complaints, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  network.stop();
  const faults = status === 0 ? [] : [complaints.trim()];
  const deflate = agreed.includes("permessage-deflate");
  if (compressed ? !deflate && compressing.includes(name) : deflate) faults.push("agreed on the wrong extensions");
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${faults.length ? "FAIL" : "ok"}  ${name}: ${agreed.trim() || protocol}  (${seconds} s)`);
  for (const fault of faults) console.log(fault.replaceAll(/^/gm, "        "));
  if (faults.length) failed += 1;
  else passed += 1;
}

/** A port that nobody listens on just now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
