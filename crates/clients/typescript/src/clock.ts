// Time and chance, so that tests can have their own.

/** Where the client gets time and chance from. */
export interface Clock {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Calls `action` after so many milliseconds; the answer takes that back. */
  after(milliseconds: number, action: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
