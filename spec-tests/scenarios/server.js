// The scripted server: nothing happens at it but what a scenario says.

import { createServer } from "node:http";
import { once } from "node:events";
import { WebSocketServer } from "ws";
import { violation } from "./contract.js";
import { Queue } from "./queue.js";

const PROTOCOL = "tickwire.v1.json";

export class Server {
  #http;
  #sockets = new WebSocketServer({ noServer: true, handleProtocols: () => PROTOCOL });
  #port = 0;
  #tcp = new Set();
  handshakes = new Queue();

  get address() {
    return `ws://127.0.0.1:${this.#port}/ws`;
  }

  /** Listens; again at the same port, if it did before. */
  async up() {
    this.#http = createServer();
    this.#http.on("connection", (socket) => {
      this.#tcp.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => this.#tcp.delete(socket));
    });
    this.#http.on("upgrade", (request, socket, head) => this.handshakes.push(new Handshake(this.#sockets, request, socket, head)));
    this.#http.listen(this.#port, "127.0.0.1");
    await once(this.#http, "listening");
    this.#port = this.#http.address().port;
  }

  /** Cuts all connections and stops listening. */
  async down() {
    for (const socket of this.#tcp) socket.destroy();
    if (!this.#http?.listening) return;
    this.#http.close();
    await once(this.#http, "close");
  }
}

class Handshake {
  constructor(sockets, request, socket, head) {
    Object.assign(this, { sockets, request, socket, head });
  }

  refuse(status, headers) {
    const lines = Object.entries({ connection: "close", "content-length": 0, ...headers });
    this.socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  }

  accept() {
    const offered = (this.request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    if (!offered.includes(PROTOCOL)) throw new Error(`the client does not offer ${PROTOCOL}`);
    return new Promise((resolve) => {
      this.sockets.handleUpgrade(this.request, this.socket, this.head, (socket) => resolve(new Connection(socket)));
    });
  }
}

class Connection {
  #socket;
  #pushes = 0;
  frames = new Queue();
  closes = new Queue();

  constructor(socket) {
    this.#socket = socket;
    socket.on("error", () => {});   // The client may end it in any way.
    socket.on("message", (data, binary) => this.frames.push(this.#read(data, binary)));
    socket.on("close", (code) => {
      this.closes.push(code);
      this.frames.fail(new Error(`the connection is closed (${code})`));
    });
  }

  #read(data, binary) {
    if (binary) return { fault: "the client sent a binary message", size: data.length };
    const text = data.toString();
    try {
      const frame = JSON.parse(text);
      return { frame, size: data.length, fault: violation(frame) };
    } catch {
      return { fault: `the client sent ${text}`, size: data.length };
    }
  }

  /** Sends a frame of the contract; what every frame has is added. */
  send(frame) {
    const { type, msg_id = `push-${++this.#pushes}`, ...rest } = frame;
    const whole = { type, msg_id, direction: "s2c", timestamp: new Date().toISOString(), ...rest };
    const fault = violation(whole);
    if (fault) throw new Error(`the scenario breaks the contract: ${fault}`);
    this.text(JSON.stringify(whole));
  }

  text(text) {
    this.#socket.send(text);
  }

  close(code, reason) {
    this.#socket.close(code, reason);
  }

  cut() {
    this.#socket._socket.resetAndDestroy();
  }

  /** Until the client has read, and answered, what was sent so far; or is gone. */
  async settle(patience) {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.ping();
    await Promise.race([
      once(this.#socket, "pong"),
      once(this.#socket, "close"),
      new Promise((_, reject) => setTimeout(reject, patience, new Error("the client answers no WebSocket ping")).unref()),
    ]);
  }
}
