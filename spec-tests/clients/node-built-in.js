// The WebSocket that comes with Node: node --experimental-websocket node-built-in.js URL CUT_OFF PROTOCOL

import { main } from "./main.js";

await main((url, protocol) => new WebSocket(url, protocol));
