// A payload while it is being written: text first, since it may not be JSON yet.
import { findNodeAtLocation, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { useMemo, useState } from 'react';
import type { Api, Message } from '../contract/api';
import { parts } from '../contract/pointer';
import { firstPayload } from '../contract/sample';
import { validator, type Violation } from '../contract/validate';
import type { Range } from '../ui/code';

export interface Draft {
  text: string;
  /** Nothing while the text is no JSON. */
  value: unknown;
  isJson: boolean;
  violations: Violation[];
  write: (text: string) => void;
  /** Replaces the whole by a value. */
  put: (value: unknown) => void;
}

export const asText = (value: unknown): string => JSON.stringify(value, undefined, 2);

export function useDraft(api: Api, message: Message): Draft {
  const [text, write] = useState(() => asText(firstPayload(api, message)));
  const validate = useMemo(() => validator(api, message.schema), [api, message]);
  const judged = useMemo(() => judge(text, message.type, validate), [text, message.type, validate]);
  return { text, ...judged, write, put: (value) => write(asText(value)) };
}

export function judge(
  text: string,
  type: string,
  validate: (frame: unknown) => Violation[],
): Pick<Draft, 'value' | 'isJson' | 'violations'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { value: undefined, isJson: false, violations: [syntaxError(text)] };
  }
  return { value, isJson: true, violations: validate({ type, payload: value }) };
}

function syntaxError(text: string): Violation {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const first = errors[0];
  if (first === undefined) return { pointer: '', message: 'is not JSON' };
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return { pointer: '', message: `not JSON at ${place}: ${WORDS[printParseErrorCode(first.error)] ?? 'unexpected'}` };
}

/** By jsonc-parser's names of its errors. */
const WORDS: Record<string, string> = {
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: '} is missing',
  CloseBracketExpected: '] is missing',
  PropertyNameExpected: 'a name is missing',
  ValueExpected: 'a value is missing',
  EndOfFileExpected: 'there is something after the end',
  UnexpectedEndOfString: 'the string has no end',
  InvalidCommentToken: 'JSON has no comments',
  InvalidNumberFormat: 'this is no number',
  InvalidEscapeCharacter: 'this escape does not exist',
};

/** Where a violation stands in the payload's text, as far as it stands there. */
export function rangeOf(text: string, { pointer }: Violation): Range | undefined {
  const [first, ...path] = parts(pointer);
  const tree = first === 'payload' ? parseTree(text) : undefined;
  if (tree === undefined || path.length === 0) return undefined;
  const node = findNodeAtLocation(
    tree,
    path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  );
  return node && { offset: node.offset, length: node.length };
}
