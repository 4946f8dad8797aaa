// The connection, at the bottom of the page.
import { useConnection } from 'tickwire/react';
import { useEffect, useState } from 'react';
import { count, duration } from '../../shared/format';
import { useSignal } from '../../shared/signal';
import { timeOfDay } from '../market/format';
import { useSession } from '../session';
import { told } from './delivery';
import { stateText } from './words';

export function Strip({ notice }: { notice: string | undefined }) {
  const session = useSession();
  useSignal(session.signal);
  const connection = useConnection(session.client);
  const { freshness, latency, rate, nextAttemptAt } = session;
  const isWell = connection.state === 'open' && freshness.fresh;
  const seconds = useSecondsUntil(nextAttemptAt);
  return (
    <footer className="strip" aria-label="Connection">
      <span className="strip-state" data-state={isWell ? 'well' : connection.state === 'closed' ? 'over' : 'waiting'}>
        <i aria-hidden="true" />
        {/* The countdown is for the eye: read aloud, it would never be silent. */}
        <span aria-hidden="true">{stateText(connection, freshness, seconds)}</span>
        <span className="unseen" role="status">{stateText(connection, freshness, undefined)}</span>
      </span>
      <span className="strip-number" title="Round trip of a ping">{latency === undefined ? '–' : duration(latency)}</span>
      <span className="strip-number" title="Frames from the server in the last second">{count(rate)} msg/s</span>
      <Losses />
      <Principal notice={notice} />
      <a href="ws/asyncapi">API</a>
    </footer>
  );
}

/** Conflation, losses, and how the last broken connection was made good. */
function Losses() {
  const { delivery } = useSession();
  useSignal(delivery.signal);
  const { conflated, lost, recovery } = delivery;
  return (
    <>
      <span className="strip-number" title="Quotes and bars that a newer one has replaced before they were sent: this page, or its network, was too slow for them">
        conflated {count(conflated)}
      </span>
      <span className={lost > 0 ? 'strip-number warn' : 'strip-number'} title="Trades that cannot be had any more">
        lost {count(lost)}
      </span>
      {recovery && (
        <span className="recovery" role="status">
          {timeOfDay(recovery.at)} {told(recovery)}
        </span>
      )}
    </>
  );
}

function Principal({ notice }: { notice: string | undefined }) {
  const { principal, expiresAt } = useSession();
  const name = principal?.kind === 'user' ? principal.sub : principal?.kind;
  const until = principal?.expires_at;
  return (
    <span className="principal">
      {notice && <em role="status">{notice}</em>}
      {expiresAt !== undefined && (
        <em role="status">Your token ends at {timeOfDay(expiresAt)}. Open this page by a new link.</em>
      )}
      {name && (
        <span title={until === undefined ? 'Who the server takes you for' : `Your token is valid until ${new Date(until).toLocaleString()}`}>
          {name}
        </span>
      )}
    </span>
  );
}

/** Counts down to a time; whole seconds. */
function useSecondsUntil(time: number | undefined): number | undefined {
  const [, tick] = useState(0);
  useEffect(() => {
    if (time === undefined) return;
    const timer = setInterval(() => tick((before) => before + 1), 500);
    return () => clearInterval(timer);
  }, [time]);
  return time === undefined ? undefined : Math.max(0, Math.ceil((time - Date.now()) / 1_000));
}
