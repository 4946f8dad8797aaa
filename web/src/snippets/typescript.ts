import { isNode } from '../contract/reference';
import type { Call } from './call';
import { camel } from './names';

/** With the client that the server hands out. */
export function typescript(call: Call): string {
  const { kind, operation, payload, urls, needsToken } = call;
  const options = needsToken ? ', { token: () => process.env.TOKEN }' : '';
  const head = [
    `// curl -o tickwire.ts ${urls.clients}typescript`,
    `import { connect } from './tickwire.js';`,
    '',
    `const tw = connect('${urls.socket}'${options});`,
  ];
  const topic = camel(operation.channel.family ?? '');
  switch (kind) {
    case 'request':
      return [...head, `const reply = await tw.${operation.id}(${literal(payload)});`, 'console.log(reply);'].join('\n');
    case 'subscribe':
      return [
        ...head,
        `const ${topic} = tw.${topic}(${literal(payload)});`,
        `for await (const update of ${topic}) {`,
        '  console.log(update);',
        '}',
      ].join('\n');
    case 'unsubscribe':
      return [
        ...head,
        `const ${topic} = tw.${topic}(${literal(payload)});`,
        'for await (const update of ' + topic + ') {',
        '  break; // leaving the loop unsubscribes',
        '}',
      ].join('\n');
    case 'session':
      return '// The client does this by itself: it subscribes when a topic is used,\n// unsubscribes when nobody uses it any more, and authenticates when it connects.';
  }
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
