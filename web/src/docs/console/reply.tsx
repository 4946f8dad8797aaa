// What came of a request: the answer, an error, or nothing.
import { useState } from 'react';
import { errorOf } from '../connection/connection';
import type { Frame } from '../connection/encoding';
import type { Outcome } from '../connection/waiting';
import { at } from '../contract/pointer';
import { isNode } from '../contract/reference';
import { JsonText } from '../ui/code';
import { Copy } from '../ui/copy';
import { duration, pretty, size } from '../../shared/format';

/** As much as is shown at once, and in colour: five thousand bars are half a megabyte. */
const MAX_CHARACTERS = 20_000;

export function Reply({ outcome, waiting }: { outcome: Outcome | undefined; waiting: boolean }) {
  return (
    <section className="reply" aria-label="Reply" aria-busy={waiting}>
      <div className="reply-head" role="status">
        {waiting ? 'Waiting for the reply…' : outcome ? <Verdict outcome={outcome} /> : 'No reply yet'}
      </div>
      {outcome && outcome.kind !== 'lost' ? (
        <Body key={outcome.frame.text} frame={outcome.frame} />
      ) : (
        <p className="empty">
          {outcome ? 'The request may or may not have arrived.' : 'Send the request to see what the server says.'}
        </p>
      )}
    </section>
  );
}

function Verdict({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'lost') return <span className="bad">{outcome.message}</span>;
  const { frame, ms } = outcome;
  return (
    <>
      <span className={outcome.kind === 'error' ? 'bad' : 'good'}>
        {outcome.kind === 'error' ? errorOf(frame.value).code : String(frame.value.type)}
      </span>
      <span className="reply-time" title="From sending the request to receiving its answer">
        {duration(ms)}
      </span>
      <span>{size(frame.bytes)}</span>
      <Copy what="the reply" text={() => frame.text} />
    </>
  );
}

function Body({ frame }: { frame: Frame }) {
  const [whole, setWhole] = useState(false);
  const text = pretty(frame.text);
  const isLong = text.length > MAX_CHARACTERS;
  return (
    <>
      {frame.value.type === 'error' && <ErrorBody frame={frame} />}
      <pre className="code" tabIndex={0} aria-label="The frame">
        {whole ? text : <JsonText text={isLong ? text.slice(0, MAX_CHARACTERS) : text} />}
      </pre>
      {isLong && !whole && (
        <button type="button" className="quiet" onClick={() => setWhole(true)}>
          Show all {size(text.length)}
        </button>
      )}
    </>
  );
}

function ErrorBody({ frame }: { frame: Frame }) {
  const details = at(frame.value, '/payload/details');
  const wait = at(frame.value, '/payload/retry_after_ms');
  const retryable = at(frame.value, '/payload/retryable');
  return (
    <div className="error-body">
      <p>
        {errorOf(frame.value).message}
        {retryable === true && '; trying again may help'}
        {typeof wait === 'number' && ` after ${duration(wait)}`}.
      </p>
      {Array.isArray(details) && details.length > 0 && (
        <ul>
          {details.filter(isNode).map((detail, index) => (
            <li key={index}>
              <code>{String(detail.pointer) || '(the frame)'}</code> {String(detail.message)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
