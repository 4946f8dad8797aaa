// websocat, a command: node websocat.js URL CUT_OFF PROTOCOL, with $WEBSOCAT for the program.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { main } from "./main.js";

/** Begins a line that is a binary message in Base64. */
const BINARY = "base64:";

/** A run of websocat in the shape of a browser's WebSocket: a line is a message. */
class Websocat extends EventTarget {
  extensions = "";

  constructor(url, protocol) {
    super();
    // It ends with an error when the server does not agree on the protocol.
    this.protocol = protocol;
    this.child = spawn(process.env.WEBSOCAT ?? "websocat", [
      "--protocol", protocol, "--close-status-code", "1000", "--buffer-size", "1000000",
      "--text", "--base64", "--binary-prefix", BINARY, url,
    ], { stdio: ["pipe", "pipe", "inherit"] });
    this.child.stdin.on("error", () => {});
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      const data = line.startsWith(BINARY) ? Buffer.from(line.slice(BINARY.length), "base64") : line;
      this.#emit("message", { data });
    });
    // Its status is all that it tells of the close.
    this.child.on("close", (status) => this.#emit("close", { code: status === 0 ? 1000 : 1006, wasClean: status === 0 }));
  }

  send(message) {
    const line = typeof message === "string" ? message : BINARY + Buffer.from(message).toString("base64");
    this.child.stdin.write(`${line}\n`);
  }

  close() {
    this.child.stdin.end();
  }

  #emit(type, fields) {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
}

await main((url, protocol) => new Websocat(url, protocol));
