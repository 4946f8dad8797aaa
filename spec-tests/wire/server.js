// Starts a server on a free port, and stops it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { within } from "./time.js";

export class Server {
  #child;

  /** Runs `binary serve --listen … …args` until it prints its addresses. */
  static async start(binary, args = [], { listen = "127.0.0.1:0", env = {} } = {}) {
    const server = new Server();
    server.log = [];
    const child = spawn(binary, ["serve", "--listen", listen, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    server.#child = child;
    const bound = new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          server.log.push(line);
          server.host ??= /listens on http:\/\/([^/]+)/.exec(line)?.[1];
          server.admin ??= /for operators: (http:\/\/[^/]+)/.exec(line)?.[1];
          if (server.host && server.admin) resolve();
        });
      }
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the server stopped with ${code}:\n${server.log.join("\n")}`)));
    });
    try {
      await within(15_000, "the server's addresses", bound);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
    server.base = `http://${server.host}`;
    return server;
  }

  /** Asks it to stop, waits, and returns its exit status. */
  async stop() {
    const child = this.#child;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      try {
        await within(10_000, "the server's end", once(child, "exit"));
      } finally {
        child.kill("SIGKILL");
      }
    }
    return child.exitCode;
  }
}
