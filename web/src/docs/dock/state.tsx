import { errorOf, type Status } from '../connection/connection';
import { explain } from '../../shared/close-codes';
import { useSignal } from '../../shared/signal';
import { useSession } from '../session';

/** The state of the connection in words; how the last one ended, and what a client should do. */
export function StateText() {
  const { connection } = useSession();
  useSignal(connection.signal);
  const { state, ended } = connection.status;
  return (
    <div className="state" data-state={state} role="status">
      <span className="state-dot" aria-hidden="true" />
      <strong>{said(connection.status)}</strong>
      {state === 'closed' && ended && ended.code !== 1000 && <Ended ended={ended} />}
      <Authentication status={connection.status} />
    </div>
  );
}

function said({ state, ended }: Status): string {
  switch (state) {
    case 'open':
      return 'Connected';
    case 'connecting':
      return 'Connecting…';
    case 'authenticating':
      return 'Authenticating…';
    case 'closed':
      return ended ? `Closed${ended.opened ? ` ${ended.code}` : ''}` : 'Not connected';
  }
}

function Ended({ ended }: { ended: NonNullable<Status['ended']> }) {
  const { meaning, advice } = explain(ended.code, ended.opened);
  return (
    <span className="ended" title={ended.reason && `The server said: ${ended.reason}`}>
      {meaning} <em>{advice}</em>
    </span>
  );
}

function Authentication({ status: { authentication } }: { status: Status }) {
  if (authentication === undefined || authentication.kind === 'lost') return null;
  if (authentication.kind === 'reply') return <span className="good">authenticated</span>;
  const { code, message } = errorOf(authentication.frame.value);
  return <span className="bad">{`${code}: ${message}`}</span>;
}
