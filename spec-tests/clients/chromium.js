// The WebSocket of Chromium: node chromium.js URL CUT_OFF PROTOCOL
//
// Without a driver: a page on $PAGE_PORT, which the server has to allow, runs the scenario and reports
// how it went. Chromium is /usr/bin/chromium or $CHROMIUM.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const PATIENCE_MS = 90_000;
const [url, cut, protocol] = process.argv.slice(2);

const page = `<!doctype html><title>scenario</title><script src="/msgpack.js"></script><script type="module">
  import { run } from "/scenario.js";
  const report = (verdict) => fetch("/verdict", { method: "POST", body: JSON.stringify(verdict) });
  run({
    url: ${JSON.stringify(url)},
    protocol: ${JSON.stringify(protocol)},
    msgpack: MessagePack,
    connect: (url, protocol) => new WebSocket(url, protocol),
    cutOff: () => fetch(${JSON.stringify(cut)}, { method: "POST" }),
  }).then((agreed) => report({ agreed }), (error) => report({ fault: String(error) }));
</script>`;

const files = {
  "/scenario.js": "scenario.js",
  "/msgpack.js": "node_modules/@msgpack/msgpack/dist.umd/msgpack.min.js",
};
const server = createServer(async (request, response) => {
  if (request.url === "/verdict") {
    server.emit("verdict", JSON.parse(await text(request)));
    response.end();
  } else if (request.url in files) {
    response.setHeader("content-type", "text/javascript");
    response.end(readFileSync(new URL(files[request.url], import.meta.url)));
  } else {
    response.setHeader("content-type", "text/html");
    response.end(page);
  }
});
server.listen(Number(process.env.PAGE_PORT), "127.0.0.1");
await once(server, "listening");

const profile = mkdtempSync(join(tmpdir(), "tickwire-chromium-"));
const browser = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  `--user-data-dir=${profile}`, "--remote-debugging-port=0",
  `http://127.0.0.1:${server.address().port}/`,
], { stdio: ["ignore", "ignore", "pipe"] });
const complaints = text(browser.stderr);

const verdict = once(server, "verdict", { signal: AbortSignal.timeout(PATIENCE_MS) }).then(([verdict]) => verdict);
const gone = once(browser, "exit").then(async ([code]) => ({ fault: `Chromium ended with ${code}: ${await complaints}` }));
const { agreed, fault } = await Promise.race([verdict, gone]).catch((error) => ({ fault: `no verdict: ${error.message}` }));
browser.kill();
await gone;
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
if (agreed) console.log(agreed);
else console.error(fault);
process.exit(agreed ? 0 : 1);
