// From the contract as served to the model that the component renders.
import type { AsyncAPIDocumentInterface } from '@asyncapi/parser';
import { applyUniqueIds } from '@asyncapi/parser/esm/custom-operations/apply-unique-ids';
import { toAsyncAPIDocument } from '@asyncapi/parser/esm/document';
import type { Contract } from './load';
import { resolveReferences } from './resolve';

type Named<T> = Record<string, T>;
type Message = { name?: string; title?: string };
type Schema = { type?: unknown; title?: string };
type Resolved = Contract & {
  channels?: Named<{ messages?: Named<Message> }>;
  components?: { messages?: Named<Message>; schemas?: Named<Schema | boolean> };
};

/** The model of `contract`, which stays as it is. */
export function model(contract: Contract): AsyncAPIDocumentInterface {
  const document = structuredClone(contract) as Resolved;
  resolveReferences(document);
  applyUniqueIds(document as Parameters<typeof applyUniqueIds>[0]);
  for (const channel of Object.values(document.channels ?? {})) nameMessages(channel.messages);
  nameMessages(document.components?.messages);
  nameSchemas(document.components?.schemas);

  const parsed = toAsyncAPIDocument({ ...document, 'x-parser-spec-parsed': true });
  if (parsed === undefined) throw new Error('the document has no model');
  return parsed;
}

/**
 * The component shows a message's title and never its name, which is its wire type; and its
 * sidebar links to messages by name while their anchors are made of their keys.
 */
function nameMessages(messages: Named<Message> = {}): void {
  for (const [key, message] of Object.entries(messages)) {
    message.title ??= message.name ?? key;
    delete message.name;
  }
}

/** A type is shown with its title, `object [Bar]`; ours have names instead. */
function nameSchemas(schemas: Named<Schema | boolean> = {}): void {
  for (const [name, schema] of Object.entries(schemas)) {
    if (typeof schema === 'object' && schema.type === 'object') schema.title ??= name;
  }
}
