// What someone writes who uses Modelina's types. tsc is the test.
import type BarsSubscribeFrame from "./typescript/BarsSubscribeFrame";
import type BarsUpdateFrame from "./typescript/BarsUpdateFrame";
import type ErrorFrame from "./typescript/ErrorFrame";

type Incoming = BarsUpdateFrame | ErrorFrame;

export function lastPrice(frame: Incoming): number {
  switch (frame.type) {
    case "bars.update":
      return frame.payload.close;
    case "error":
      throw new Error(frame.payload.code);
  }
}

export const request: BarsSubscribeFrame = {
  type: "bars.subscribe",
  msg_id: "1",
  payload: { symbol: "AAPL", resolution: "1" },
};

// @ts-expect-error: no such resolution
export const otherResolution: BarsSubscribeFrame = { type: "bars.subscribe", payload: { symbol: "AAPL", resolution: "7" } };

// @ts-expect-error: the type of another frame
export const otherType: BarsSubscribeFrame = { type: "bars.update", payload: { symbol: "AAPL" } };

// @ts-expect-error: an update has no `code`
export const code = (frame: BarsUpdateFrame) => frame.payload.code;
