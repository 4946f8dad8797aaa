// A contract as its server publishes it: which frames there are, and whether one is valid.

import Ajv from "ajv";
import addFormats from "ajv-formats";

export class Contract {
  /** @param document /ws/asyncapi.json  @param schemas /ws/schemas.json, draft-07 */
  constructor(document, schemas) {
    this.document = document;
    const ajv = new Ajv({ allErrors: true, strict: true });
    addFormats(ajv);
    ajv.addSchema(schemas, "frames");

    /** Wire type → `{key, validate, examples}`. */
    this.messages = new Map();
    for (const [key, message] of Object.entries(document.components.messages)) {
      const name = message.payload.$ref.split("/").at(-1);
      const validate = ajv.getSchema(`frames#/definitions/${name}`);
      if (!validate) throw new Error(`/ws/schemas.json does not define ${name}, the frame of ${key}`);
      const examples = message.examples.map((example) => example.payload);
      this.messages.set(message.name, { key, validate, examples });
    }

    /** Requests (with the wire types that may answer them) and pushes. */
    this.operations = Object.entries(document.operations).map(([key, operation]) => ({
      key,
      type: this.#wireType(operation.messages[0]),
      isRequest: operation.action === "receive",
      replies: (operation.reply?.messages ?? []).map((reference) => this.#wireType(reference)),
    }));
    this.errorCodes = document.components.schemas.ErrorCode?.enum ?? [];
  }

  /** Fetches the documents of a running server. */
  static async of(base) {
    const [document, schemas] = await Promise.all(
      ["/ws/asyncapi.json", "/ws/schemas.json"].map(async (path) => {
        const response = await fetch(base + path);
        if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
        return response.json();
      }),
    );
    return new Contract(document, schemas);
  }

  get requests() {
    return this.operations.filter((operation) => operation.isRequest);
  }

  /** Every violation of a frame as `{pointer, message}`; none means that it is valid. */
  violations(frame) {
    const message = this.messages.get(frame?.type);
    if (!message) return [{ pointer: "/type", message: `${JSON.stringify(frame?.type)} is not in the contract` }];
    if (message.validate(frame)) return [];
    return message.validate.errors.map((error) => ({ pointer: error.instancePath, message: error.message }));
  }

  /** Follows `#/channels/bars/messages/barsSubscribe` to the message and takes its name. */
  #wireType(reference) {
    let value = reference;
    while (value.$ref) {
      value = value.$ref.slice(2).split("/").reduce((at, key) => at[key.replaceAll("~1", "/").replaceAll("~0", "~")], this.document);
    }
    return value.name;
  }
}
