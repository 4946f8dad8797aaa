// “Try it”, at every operation. Opened by its button, or when the page is opened by a link to the
// operation.
import { useId, useLayoutEffect, useState } from 'react';
import type { Operation } from '../contract/api';
import { useSession } from '../session';
import { Push } from './push';
import { Request } from './request';

export function Console({ operation }: { operation: Operation }) {
  const id = useId();
  const [isOpen, setOpen] = useState(() => isTarget(operation));
  // Once opened it stays, hidden: what somebody has written is not thrown away.
  const [wasOpened, setWasOpened] = useState(isOpen);
  // The console comes after the document, into which the browser has scrolled by then.
  useLayoutEffect(() => {
    if (isTarget(operation)) document.getElementById(operation.anchor)?.scrollIntoView();
  }, [operation]);
  const verb = operation.action === 'receive' ? 'Try it' : 'Watch it';
  return (
    <div className="console">
      <button
        type="button"
        className="console-toggle"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`${verb}: ${operation.title}`}
        onClick={() => {
          setOpen(!isOpen);
          setWasOpened(true);
        }}
      >
        {verb}
      </button>
      <div id={id} className="console-body" hidden={!isOpen}>
        {wasOpened && <Body operation={operation} />}
      </div>
    </div>
  );
}

const isTarget = ({ anchor }: Operation): boolean =>
  decodeURIComponent(location.hash.slice(1)) === anchor;

function Body({ operation }: { operation: Operation }) {
  const { api } = useSession();
  const types = operation.messages.map(({ type }) => type);
  const [type, setType] = useState(types[0]);
  const message = operation.messages.find((one) => one.type === type);
  if (message?.payload === undefined) {
    return (
      <p className="hint">
        {message ? `${message.type} is no frame` : `${operation.title} has no message`} with a <code>type</code> and a{' '}
        <code>payload</code>, which is what {api.title || 'the server'} exchanges; it cannot be tried here.
      </p>
    );
  }
  return (
    <>
      {types.length > 1 && (
        <label className="field">
          Message{' '}
          <select value={type} onChange={(event) => setType(event.target.value)}>
            {types.map((one) => <option key={one}>{one}</option>)}
          </select>
        </label>
      )}
      {operation.action === 'receive' ? (
        <Request key={type} operation={operation} message={message} />
      ) : (
        <Push key={type} operation={operation} message={message} />
      )}
    </>
  );
}
