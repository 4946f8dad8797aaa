// What every client has, whatever its contract.

import { connect, contract, TickwireError, type Client } from 'client';

export const tw: Client = connect('/ws', { timeout: 5000, lazy: true });
export const title: string = contract.title;
export const failed = (error: unknown): boolean => error instanceof TickwireError && error.kind === 'closed';
