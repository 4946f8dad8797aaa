// The page's one client, which the server has handed out, and what is known of the connection.
import { connect, type Client, type ConnectionState, type PrincipalInfo, type SystemAlertNotice } from 'tickwire';
import { createContext, useContext } from 'react';
import { keepToken, keptToken } from '../shared/token';
import { Signal } from '../shared/signal';
import { Delivery } from './status/delivery';
import { freshness, PING_EVERY, type Freshness } from './status/freshness';
import { countingSocket, Traffic } from './status/traffic';

/** How often it is looked whether anything comes, in milliseconds. */
const LOOK_EVERY = 1_000;

/** Someone is watching: a server that is back is noticed within seconds. */
const BACKOFF = { base: 250, cap: 4_000 };

/** The newest alerts are kept. */
const MOST_ALERTS = 5;

export interface Alert extends SystemAlertNotice {
  readonly at: number;
}

let sessions = 0;

export class Session {
  /** Tells one from another. */
  readonly number = ++sessions;
  /** Tells of changes of what is below; topics tell theirs themselves. */
  readonly signal = new Signal();
  readonly delivery = new Delivery();
  readonly traffic = new Traffic();
  readonly client: Client;
  /** Who the server takes us for. */
  principal: PrincipalInfo | undefined;
  /** Round trip of the newest ping, in milliseconds. */
  latency: number | undefined;
  /** Frames in the last second. */
  rate = 0;
  freshness: Freshness = { fresh: false, since: undefined };
  /** When the token ends, once the server has warned of it. */
  expiresAt: number | undefined;
  /** When the next attempt to connect is made, on the wall clock. */
  nextAttemptAt: number | undefined;
  alerts: readonly Alert[] = [];
  readonly #ends: (() => void)[] = [];
  #isPinging = false;
  #pingedAt = 0;
  #lostAt: number | undefined;
  #looked = { at: performance.now(), frames: 0 };

  /** `refused`: the server does not take the token; it is forgotten. */
  constructor(url: string, refused: () => void) {
    const hasToken = keptToken() !== '';
    this.client = connect(url, {
      ...(hasToken && { token: keptToken }),
      WebSocket: countingSocket(this.traffic),
      backoff: BACKOFF,
      // A connection that fails is on the page; nothing is broken.
      onError: () => undefined,
    });
    const { client } = this;
    this.#ends.push(
      client.connection.onChange(() => this.#changed(client.connection.state, hasToken, refused)),
      client.on('token.expiring', ({ expires_at }) => this.#tell({ expiresAt: Date.parse(expires_at) })),
      client.on('system_alert', (alert) =>
        this.#tell({ alerts: [{ ...alert, at: Date.now() }, ...this.alerts].slice(0, MOST_ALERTS) })),
    );
    const timer = setInterval(() => this.#look(), LOOK_EVERY);
    const shown = () => document.hidden || this.#look();
    document.addEventListener('visibilitychange', shown);
    this.#ends.push(() => clearInterval(timer), () => document.removeEventListener('visibilitychange', shown));
  }

  dismiss(alert: Alert): void {
    this.#tell({ alerts: this.alerts.filter((one) => one !== alert) });
  }

  close(): void {
    for (const end of this.#ends) end();
    void this.client.close();
  }

  #changed(connection: ConnectionState, hasToken: boolean, refused: () => void): void {
    const now = Date.now();
    this.nextAttemptAt = connection.state === 'waiting' ? now + connection.delay : undefined;
    if (connection.state === 'open') {
      if (this.#lostAt !== undefined) this.delivery.back(now, now - this.#lostAt);
      this.#lostAt = undefined;
      void this.#identify();
      void this.#ping();
    } else {
      if (this.traffic.heardAt !== undefined) this.#lostAt ??= this.traffic.heardAt;
      this.principal = this.latency = undefined;
    }
    this.#tell({ freshness: this.#freshness(), rate: 0 });
    if (hasToken && isRefused(connection)) {
      keepToken('');
      refused();
    }
  }

  /** `welcome` comes before the token is shown, so it is asked for. */
  async #identify(): Promise<void> {
    try {
      const { principal } = await this.client.getStatus();
      const { expires_at } = principal;
      // What was warned of is over where there is a newer token.
      const isLater = expires_at !== undefined && this.expiresAt !== undefined && Date.parse(expires_at) > this.expiresAt;
      this.#tell({ principal, ...(isLater && { expiresAt: undefined }) });
    } catch {
      // The connection is lost again.
    }
  }

  async #ping(): Promise<void> {
    if (this.#isPinging) return;
    this.#isPinging = true;
    const began = (this.#pingedAt = performance.now());
    try {
      await this.client.ping();
      this.#tell({ latency: performance.now() - began });
    } catch {
      // It took too long, or the connection is lost: either is seen elsewhere.
    }
    this.#isPinging = false;
  }

  /** Once a second, and when the page is seen again: the browser is slow to call while it is hidden. */
  #look(): void {
    const now = performance.now();
    const { at, frames } = this.#looked;
    this.#looked = { at: now, frames: this.traffic.frames };
    if (document.hidden) return;
    const rate = Math.round((this.traffic.frames - frames) / Math.max((now - at) / 1_000, 0.1));
    if (this.client.connection.state.state === 'open' && now - this.#pingedAt >= PING_EVERY) void this.#ping();
    this.#tell({ rate, freshness: this.#freshness() });
  }

  #freshness(): Freshness {
    return freshness(this.client.connection.state.state, this.traffic.heardAt, Date.now());
  }

  #tell(change: Partial<Pick<Session, 'principal' | 'latency' | 'rate' | 'freshness' | 'expiresAt' | 'alerts'>>): void {
    Object.assign(this, change);
    this.signal.notify();
  }
}

/** Whether the connection is over because of the token. */
function isRefused(connection: ConnectionState): boolean {
  if (connection.state !== 'closed') return false;
  const { error, code } = connection;
  return code === 4401 || (error !== undefined && 'code' in error && error.code === 'unauthenticated');
}

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('there is no session around this component');
  return session;
}
