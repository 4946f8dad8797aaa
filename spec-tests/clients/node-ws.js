// The package `ws`: node node-ws.js URL CUT_OFF PROTOCOL

import WebSocket from "ws";
import { main } from "./main.js";

await main((url, protocol) => new WebSocket(url, protocol));
