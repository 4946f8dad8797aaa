// The client under test: a process that takes commands and reports events.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Queue } from "./queue.js";

/** The events of one subscriber, or of one request, come in an order; those of two need not. */
const channelOf = (event) => (event.id === undefined ? event.event : `id ${event.id}`);

/** What a client may report of itself and no scenario counts. */
const notCounted = (event) =>
  (event.event === "state" && event.state === "connecting") || (event.event === "push" && event.type !== "system_alert");

export class Driver {
  #process;
  #channels = new Map();
  #failure = null;
  #patience;
  #ended;
  #stderr = "";

  constructor(command, address, patience) {
    const [program, ...args] = command;
    this.#patience = patience;
    this.#process = spawn(program, [...args, address], { stdio: ["pipe", "pipe", "pipe"] });
    this.#process.stderr.on("data", (data) => { this.#stderr = (this.#stderr + data).slice(-4000); });
    this.#process.stdin.on("error", () => {});   // It ended early, which its status tells.
    const lines = createInterface({ input: this.#process.stdout });
    lines.on("line", (line) => this.#read(line));
    this.#ended = new Promise((resolve) => {
      this.#process.on("error", (error) => resolve(`does not start: ${error.message}`));
      this.#process.on("close", (status, signal) => resolve(status === 0 ? null : `ended with ${signal ?? `status ${status}`}`));
    });
    this.#ended.then((fault) => this.#fail(new Error(`the driver ${fault ?? "ended"}`)));
  }

  command(command) {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`);
  }

  /** The next event of the channel that `expected` belongs to. */
  async next(expected, skip) {
    const wanted = JSON.stringify(expected);
    for (;;) {
      const event = await this.#channel(channelOf(expected)).next(this.#patience, `the event ${wanted}`);
      const passed = notCounted(event) && event.state !== expected.state;
      if (!passed && !skip?.(event)) return event;
    }
  }

  /** Ends it; what it reported and nobody expected, and what else is wrong. */
  async end() {
    const left = [...this.#channels.values()].flatMap((channel) => channel.drain()).filter((event) => !notCounted(event));
    this.command({ do: "exit" });
    const timer = setTimeout(() => this.kill(), this.#patience);
    const fault = await this.#ended;
    clearTimeout(timer);
    return [...left.map((event) => `not expected: ${JSON.stringify(event)}`), ...(fault ? [`the driver ${fault}`] : [])];
  }

  kill() {
    this.#process.kill("SIGKILL");
  }

  get stderr() {
    return this.#stderr;
  }

  #channel(name) {
    let channel = this.#channels.get(name);
    if (!channel) {
      channel = new Queue();
      if (this.#failure) channel.fail(this.#failure);
      this.#channels.set(name, channel);
    }
    return channel;
  }

  #read(line) {
    try {
      const event = JSON.parse(line);
      this.#channel(channelOf(event)).push(event);
    } catch {
      this.#fail(new Error(`the driver wrote ${line}`));
    }
  }

  #fail(error) {
    this.#failure ??= error;
    for (const channel of this.#channels.values()) channel.fail(this.#failure);
  }
}
