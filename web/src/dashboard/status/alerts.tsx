// What the server has to say to everybody (`system_alert`).
import { useSignal } from '../../shared/signal';
import { timeOfDay } from '../market/format';
import { useSession } from '../session';

export function Alerts() {
  const session = useSession();
  useSignal(session.signal);
  const [alert, ...others] = session.alerts;
  if (alert === undefined) return null;
  return (
    <p className="alert" data-level={alert.level} role={alert.level === 'info' ? 'status' : 'alert'}>
      <span className="aside">{timeOfDay(alert.at)}</span> {alert.message}
      {others.length > 0 && <span className="aside"> (and {others.length} more)</span>}
      <button type="button" className="quiet" aria-label="Dismiss" onClick={() => session.dismiss(alert)}>✕</button>
    </p>
  );
}
