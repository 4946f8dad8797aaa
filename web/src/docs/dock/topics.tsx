import { unsubscribeOf } from '../connection/subscriptions';
import { useSignal } from '../../shared/signal';
import { useSession } from '../session';

/** The topics that the connection is subscribed to, each with a way out. */
export function Topics() {
  const { api, connection } = useSession();
  useSignal(connection.signal);
  const { subscriptions } = connection.status;
  if (subscriptions.length === 0) return null;
  return (
    <ul className="topics" aria-label="Subscriptions">
      {subscriptions.map((topic) => {
        const leave = unsubscribeOf(api, topic);
        return (
          <li key={topic}>
            <code>{topic}</code>
            {leave && (
              <button
                type="button"
                aria-label={`Unsubscribe from ${topic}`}
                onClick={() => void connection.request(leave.type, JSON.stringify(leave.payload))}
              >
                ×
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
