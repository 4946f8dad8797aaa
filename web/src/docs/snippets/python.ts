import { isNode, type Node } from '../contract/reference';
import { BY_ITSELF, type Call } from './call';
import { snake } from './names';

/** With the client that the server hands out. */
export function python(call: Call): string {
  const { kind, operation, payload, urls, needsToken } = call;
  const family = snake(operation.channel.family ?? '');
  const options = needsToken ? ', token=os.environ["TOKEN"]' : '';
  const main = (body: string[]) =>
    [
      `# curl -OJ ${urls.clients}python`,
      'import asyncio',
      ...(needsToken ? ['import os'] : []),
      'import tickwire',
      '',
      'async def main():',
      `    async with tickwire.connect("${urls.socket}"${options}) as tw:`,
      ...body.map((line) => `        ${line}`),
      '',
      'asyncio.run(main())',
    ].join('\n');
  switch (kind) {
    case 'request':
      return main([`reply = await tw.${snake(operation.id)}(${keywords(payload)})`, 'print(reply)']);
    case 'subscribe':
      return main([`async for item in tw.${family}(${keywords(payload)}):`, '    print(item)']);
    case 'unsubscribe':
      return main([
        `async for item in tw.${family}(${keywords(payload)}):`,
        '    break  # leaving the loop unsubscribes',
      ]);
    case 'session':
      return BY_ITSELF.map((line) => `# ${line}`).join('\n');
  }
}

/** Words of the language, which no argument may be called. The client adds a `_`. */
const KEYWORDS = new Set(
  ('False None True and as assert async await break class continue def del elif else except finally ' +
    'for from global if import in is lambda nonlocal not or pass raise return try while with yield').split(' '),
);

const keywords = (payload: Node): string =>
  Object.entries(payload)
    .map(([key, value]) => `${KEYWORDS.has(key) ? `${key}_` : key}=${literal(value)}`)
    .join(', ');

/** A value as Python writes it. */
export function literal(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!isNode(value)) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${literal(item)}`).join(', ')}}`;
}
