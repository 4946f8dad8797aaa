// What someone writes who uses the types of json-schema-to-typescript. tsc is the test.
import type { BarsSubscribeFrame, Frame } from "./frames";

export function lastPrice(frame: Frame): number | undefined {
  switch (frame.type) {
    case "bars.update":
      return frame.payload.close;
    case "error":
      throw new Error(frame.payload.code);
  }
  return undefined;
}

export const request: BarsSubscribeFrame = {
  type: "bars.subscribe",
  msg_id: "1",
  payload: { symbol: "AAPL", resolution: "1" },
};

// @ts-expect-error: no such resolution
export const otherResolution: Frame = { type: "bars.subscribe", payload: { symbol: "AAPL", resolution: "7" } };

// @ts-expect-error: objects are closed
export const surplus: Frame = { type: "ping", payload: {}, more: 1 };

// @ts-expect-error: no such frame
export const nothing: Frame = { type: "nothing", payload: {} };

// @ts-expect-error: an update has no `code`
export const code = (frame: Extract<Frame, { type: "bars.update" }>) => frame.payload.code;
