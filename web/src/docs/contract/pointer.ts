// JSON Pointers (RFC 6901) into values.
import { isNode } from './reference';

/** The parts of a pointer: `/payload/a~1b` is `payload`, `a/b`. */
export function parts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A pointer's next part. */
export const join = (pointer: string, part: string | number): string =>
  `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** What is at `pointer` in `value`, or nothing. */
export function at(value: unknown, pointer: string): unknown {
  return parts(pointer).reduce<unknown>((found, part) => {
    if (Array.isArray(found)) return found[Number(part)];
    return isNode(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  }, value);
}

/** `value` with `item` at `pointer`; objects on the way there are made. Nothing is changed in place. */
export function withAt(value: unknown, pointer: string, item: unknown): unknown {
  const [first, ...rest] = parts(pointer);
  if (first === undefined) return item;
  const object = isNode(value) ? value : {};
  const below = rest.reduce((path, part) => join(path, part), '');
  return { ...object, [first]: withAt(object[first], below, item) };
}
