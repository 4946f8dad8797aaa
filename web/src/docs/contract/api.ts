// What can be called and what arrives, read from the contract: the page's own view of it, beside
// the component's model. References of schemas stay, since a schema may contain itself.
import type { Contract } from './load';
import { follow, isNode, lastPart, type Node } from './reference';
import { location, type Parameter } from './topic';

/** A schema, or the reference to one. */
export type Schema = Node;

export interface Message {
  key: string;
  /** The frame's `type`, which is the message's name. */
  type: string;
  summary: string;
  /** Of the whole frame. */
  schema: Schema;
  /** Of the frame's `payload`; nothing for a message that is no frame. */
  payload: Schema | undefined;
  examples: { name: string; summary: string; frame: Node }[];
}

export interface Channel {
  key: string;
  address: string;
  parameters: Parameter[];
  /** `x-topic.name`; nothing for a channel that is no family of topics. */
  family: string | undefined;
}

export interface Operation {
  id: string;
  /** `receive`: a client may ask it. `send`: the server sends it by itself. */
  action: 'receive' | 'send';
  title: string;
  summary: string;
  /** Its id on the page, which the component gives. */
  anchor: string;
  channel: Channel;
  messages: Message[];
  /** Wire types of its answers. */
  replies: string[];
}

export interface Api {
  contract: Contract;
  title: string;
  operations: Map<string, Operation>;
  /** By wire type. */
  messages: Map<string, Message>;
  channels: Channel[];
  schemas: Map<string, Schema>;
}

export function readApi(contract: Contract): Api {
  const named = (value: unknown) =>
    Object.entries(isNode(value) ? value : {}).flatMap(([key, item]) => {
      const node = follow(contract, item);
      return isNode(node) ? [[key, node] as const] : [];
    });
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const info = isNode(contract.info) ? contract.info : {};
  const components = isNode(contract.components) ? contract.components : {};

  // By identity: a message has one home, and references lead to it.
  const read = new Map<Node, Message>();
  const message = (key: string, node: Node): Message => {
    const found = read.get(node) ?? readMessage(contract, key, node);
    read.set(node, found);
    return found;
  };
  const referred = (value: unknown): Message[] => {
    const node = follow(contract, value);
    if (!isNode(node)) return [];
    return [message(isNode(value) && text(value.$ref) ? lastPart(text(value.$ref)) : '', node)];
  };

  const messages = new Map<string, Message>();
  const channels = new Map<Node, Channel>();
  for (const [key, node] of named(contract.channels)) {
    channels.set(node, readChannel(key, node, named(node.parameters)));
    for (const [name, item] of named(node.messages)) {
      const found = message(name, item);
      messages.set(found.type, found);
    }
  }

  const operations = new Map<string, Operation>();
  for (const [id, node] of named(contract.operations)) {
    const at = follow(contract, node.channel);
    const channel = isNode(at) ? channels.get(at) : undefined;
    if (!isNode(at) || channel === undefined) continue;
    const action = node.action === 'send' ? 'send' : 'receive';
    const reply = follow(contract, node.reply);
    // Without a list, an operation has all messages of its channel.
    const own = Array.isArray(node.messages)
      ? node.messages.flatMap(referred)
      : named(at.messages).map(([key, item]) => message(key, item));
    operations.set(id, {
      id,
      action,
      title: text(node.title) || own[0]?.type || id,
      summary: text(node.summary),
      anchor: `operation-${kind(action, isNode(reply))}-${id}`,
      channel,
      messages: own,
      replies: isNode(reply) ? list(reply.messages).flatMap(referred).map(({ type }) => type) : [],
    });
  }

  return {
    contract,
    title: text(info.title),
    operations,
    messages,
    channels: [...channels.values()],
    schemas: new Map(named(components.schemas)),
  };
}

/** The operation by which a client sends a frame of this wire type. */
export function request(api: Api, type: string): Operation | undefined {
  for (const operation of api.operations.values()) {
    if (operation.action === 'receive' && operation.messages.some((m) => m.type === type)) {
      return operation;
    }
  }
  return undefined;
}

/** The component's word for what an operation is. */
function kind(action: 'receive' | 'send', hasReply: boolean): string {
  if (action === 'receive') return hasReply ? 'reply' : 'receive';
  return hasReply ? 'request' : 'send';
}

function readMessage(contract: Contract, key: string, node: Node): Message {
  const given = follow(contract, node.payload);
  // AsyncAPI's multi-format schema object.
  const schema = isNode(given) && 'schemaFormat' in given ? given.schema : node.payload;
  const frame = follow(contract, schema);
  const properties = isNode(frame) && isNode(frame.properties) ? frame.properties : {};
  const isFrame = isNode(follow(contract, properties.type)) && isNode(properties.payload);
  return {
    key,
    type: text(node.name) || text(node.title) || key,
    summary: text(node.summary),
    schema: isNode(schema) ? schema : {},
    payload: isFrame ? (properties.payload as Schema) : undefined,
    examples: (Array.isArray(node.examples) ? node.examples : []).flatMap((example, index) =>
      isNode(example) && isNode(example.payload)
        ? [{
            name: text(example.name) || `example ${index + 1}`,
            summary: text(example.summary),
            frame: example.payload,
          }]
        : [],
    ),
  };
}

function readChannel(key: string, node: Node, parameters: (readonly [string, Node])[]): Channel {
  const topic = node['x-topic'];
  return {
    key,
    address: text(node.address) || key,
    family: isNode(topic) && text(topic.name) ? text(topic.name) : undefined,
    parameters: parameters.map(([name, parameter]) => ({
      name,
      description: text(parameter.description),
      pointer: location(text(parameter.location)),
      values: Array.isArray(parameter.enum) ? parameter.enum.map(String) : [],
      default: text(parameter.default),
      example: Array.isArray(parameter.examples) ? text(parameter.examples[0]) : '',
    })),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
