import { isNode, type Node } from '../contract/reference';
import { BY_ITSELF, type Call } from './call';
import { camel, module } from './names';

/** Where a subscription begins: not a part of what is subscribed to. */
const OPTIONS = ['since', 'history'];

/** With the client that the server hands out. */
export function typescript(call: Call): string {
  const { kind, title, operation, payload, urls, needsToken } = call;
  const options = needsToken ? `, { token: () => process.env.TOKEN ?? '' }` : '';
  const head = [
    `// curl -OJ ${urls.clients}typescript`,
    `import { connect } from './${module(title)}.js';`,
    '',
    `const tw = connect('${urls.socket}'${options});`,
  ];
  const topic = camel(operation.channel.family ?? '');
  const loop = (body: string) => [
    ...head,
    `const ${topic} = tw.${topic}(${topicArguments(payload)});`,
    `for await (const item of ${topic}) {`,
    `  ${body}`,
    '}',
  ];
  switch (kind) {
    case 'request':
      return [
        ...head,
        `const reply = await tw.${operation.id}(${literal(payload)});`,
        'console.log(reply);',
        'tw.close();',
      ].join('\n');
    case 'subscribe':
      return loop('console.log(item);').join('\n');
    case 'unsubscribe':
      return [...loop('break; // leaving the loop unsubscribes'), 'tw.close();'].join('\n');
    case 'session':
      return BY_ITSELF.map((line) => `// ${line}`).join('\n');
  }
}

function topicArguments(payload: Node): string {
  const [what, options] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(payload).filter(([key]) => !OPTIONS.includes(key) === wanted)),
  );
  return Object.keys(options ?? {}).length === 0 ? literal(what) : `${literal(what)}, ${literal(options)}`;
}

/** A value as TypeScript is written by people: names without quotes, where they need none. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!isNode(value)) return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)}: ${literal(item)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
