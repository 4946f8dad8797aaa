// What every part of the page shares: the contract as read, and the one connection.
import { createContext, useContext } from 'react';
import type { Connection } from './connection/connection';
import type { Api } from './contract/api';

export interface Session {
  api: Api;
  connection: Connection;
  /** Where the server is, for snippets. */
  urls: { socket: string; operations: string; clients: string };
}

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('there is no session around this component');
  return session;
}
