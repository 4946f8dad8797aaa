// Code in colour: JSON by its tokens, other languages by the highlighter that the component has, too.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import { memo, useMemo } from 'react';
import { tokens, type Token } from './json-tokens';

hljs.registerLanguage('bash', bash);
hljs.registerLanguage('python', python);
hljs.registerLanguage('typescript', typescript);

export type Language = 'bash' | 'python' | 'typescript';

export function Code({ text, language }: { text: string; language: Language }) {
  // The highlighter escapes what it is given.
  const html = useMemo(() => hljs.highlight(text, { language }).value, [text, language]);
  return (
    <pre className="code" tabIndex={0}>
      <code dangerouslySetInnerHTML={{ __html: html }} />
    </pre>
  );
}

export interface Range {
  offset: number;
  length: number;
}

/** JSON in colour; what lies in `wrong` is underlined. */
export const JsonText = memo(function JsonText({ text, wrong = [] }: { text: string; wrong?: Range[] }) {
  return tokens(text).map((token) => (
    <span
      key={token.offset}
      className={[token.style && `json-${token.style}`, isIn(token, wrong) && 'json-wrong']
        .filter(Boolean)
        .join(' ') || undefined}
    >
      {token.text}
    </span>
  ));
});

const isIn = ({ offset, text }: Token, ranges: Range[]): boolean =>
  text.trim() !== '' &&
  ranges.some((range) => offset >= range.offset && offset + text.length <= range.offset + range.length);
