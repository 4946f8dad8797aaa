// The scenario as a command, for clients that run in Node.

import * as msgpack from "@msgpack/msgpack";
import { run } from "./scenario.js";

/** `connect` as in scenario.js; the arguments are URL, the address that cuts all off, PROTOCOL. */
export async function main(connect) {
  const [url, cut, protocol] = process.argv.slice(2);
  const cutOff = () => fetch(cut, { method: "POST" });
  console.log(await run({ connect, cutOff, url, protocol, msgpack }));
  process.exit();
}
