// The way between clients and server, which can be cut.

import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";

export class Network {
  /** Carries connections to `host:port`. */
  static async start(target) {
    const network = new Network();
    const [host, port] = target.split(":");
    const sockets = new Set();
    const carrier = createServer((client) => {
      const server = connect({ host, port, noDelay: true });
      client.setNoDelay();
      for (const [from, to] of [[client, server], [server, client]]) {
        sockets.add(from);
        // A reset of one side is carried over, too.
        from.on("error", () => to.resetAndDestroy());
        from.on("close", () => sockets.delete(from));
        from.pipe(to);
      }
    });
    const control = createHttpServer((_, response) => {
      for (const socket of sockets) socket.resetAndDestroy();
      response.setHeader("access-control-allow-origin", "*").end();
    });
    for (const server of [carrier, control]) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    network.url = `ws://127.0.0.1:${carrier.address().port}/ws`;
    /** A POST to here resets every connection. */
    network.cut = `http://127.0.0.1:${control.address().port}/`;
    network.stop = () => {
      for (const socket of sockets) socket.destroy();
      carrier.close();
      control.closeAllConnections();
      control.close();
    };
    return network;
  }
}
