// What of the contract was seen on the wire. `not-reached.json` names everything that was not,
// each with the reason; the run fails when the two differ in either direction.

export class Coverage {
  constructor(contract, closeCodes) {
    this.missing = {
      operations: new Set(contract.operations.map(({ type }) => type)),
      replies: new Set(contract.requests.flatMap(({ replies }) => replies)),
      "error codes": new Set(contract.errorCodes),
      "close codes": new Set(closeCodes.map(String)),
    };
  }

  /** A frame from the server: a push, an answer, perhaps an error. */
  sawFrame(frame) {
    this.missing.operations.delete(frame.type);
    this.missing.replies.delete(frame.type);
    if (frame.type === "error") this.missing["error codes"].delete(frame.payload.code);
    for (const { error } of frame.payload.results ?? []) this.missing["error codes"].delete(error?.code);
  }

  /** A request that was answered by something other than an error. */
  sawAnswerTo(type) {
    this.missing.operations.delete(type);
  }

  sawClose(code) {
    this.missing["close codes"].delete(String(code));
  }

  /** Differences from the documented exceptions, as sentences. */
  differences(exceptions) {
    const found = [];
    for (const [kind, missing] of Object.entries(this.missing)) {
      const excused = exceptions[kind] ?? {};
      for (const name of missing) if (!(name in excused)) found.push(`${kind}: ${name} was not reached`);
      for (const name of Object.keys(excused)) {
        if (!missing.has(name)) found.push(`${kind}: ${name} is excused in not-reached.json, and was reached`);
      }
    }
    return found;
  }
}
