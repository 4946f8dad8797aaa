// A text area over its own text in colour: the browser's editing, undo and accessibility, and what
// is wrong is underlined. Both lie in the same cell of a grid, so that it grows with the text.
import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { Violation } from '../contract/validate';
import { JsonText, type Range } from '../ui/code';
import { asText, rangeOf, type Draft } from './draft';
import { Violations } from './violations';

export function JsonEditor({ draft, id, onSend }: { draft: Draft; id: string; onSend: () => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const { text, violations } = draft;
  const wrong = useMemo(
    () => violations.map((one) => rangeOf(text, one)).filter((range): range is Range => !!range),
    [text, violations],
  );

  function keys(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    }
  }

  function goTo(violation: Violation) {
    const range = rangeOf(text, violation);
    area.current?.focus();
    if (range) area.current?.setSelectionRange(range.offset, range.offset + range.length);
  }

  return (
    <>
      <div className="json-editor">
        <pre aria-hidden="true">
          <JsonText text={text} wrong={wrong} />{'\n'}
        </pre>
        <textarea
          ref={area}
          aria-label="Payload as JSON"
          aria-describedby={`${id}-violations`}
          aria-invalid={violations.length > 0}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => draft.write(event.target.value)}
          onKeyDown={keys}
        />
        {draft.isJson && asText(draft.value) !== text && (
          <button type="button" className="quiet json-format" onClick={() => draft.put(draft.value)}>
            Format
          </button>
        )}
      </div>
      <Violations id={`${id}-violations`} violations={violations} onGoTo={goTo} />
    </>
  );
}
