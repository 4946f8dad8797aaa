// JSON text cut into what is coloured alike. Takes text that is not valid (yet) as well.

export interface Token {
  /** The name of a style; empty for what has none. */
  style: '' | 'key' | 'string' | 'number' | 'literal';
  text: string;
  offset: number;
}

/** A string (perhaps without its end), a number, a literal; or what lies between. */
const PIECES = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|[^"\dtfn-]+|./gs;

export function tokens(text: string): Token[] {
  const found: Token[] = [];
  const add = (style: Token['style'], piece: string, offset: number) => {
    const previous = found.at(-1);
    // Fewer elements on the page.
    if (style === '' && previous?.style === '') previous.text += piece;
    else found.push({ style, text: piece, offset });
  };
  for (const match of text.matchAll(PIECES)) {
    const [whole, string, colon, number, literal] = match;
    if (string !== undefined) {
      add(colon === undefined ? 'string' : 'key', string, match.index);
      if (colon !== undefined) add('', colon, match.index + string.length);
    } else if (number !== undefined) add('number', number, match.index);
    else if (literal !== undefined) add('literal', literal, match.index);
    else add('', whole, match.index);
  }
  return found;
}
