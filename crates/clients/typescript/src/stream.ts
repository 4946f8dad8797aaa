// A bounded buffer between updates that come when they come and a `for await` that takes its time.

/** How a stream is read, and what happens when it is full. */
export interface StreamOptions {
  /** At most so many values wait. */
  readonly size: number;
  /** Full, the newest of each key is kept; or else this is how the stream ends. */
  readonly full: 'keep_newest' | (() => Error);
  /** Nobody reads any more: called once. */
  readonly done: () => void;
}

interface Waiting<Value> {
  resolve(result: IteratorResult<Value, undefined>): void;
  reject(error: Error): void;
}

/** Values for one reader. */
export class Stream<Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #options: StreamOptions;
  readonly #buffer: { readonly value: Value; readonly key: string | undefined }[] = [];
  readonly #waiting: Waiting<Value>[] = [];
  #end: { error: Error | undefined } | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** A value with a `key` may give way to a newer one of the same key. */
  push(value: Value, key?: string): void {
    if (this.#end) return;
    const reader = this.#waiting.shift();
    if (reader) {
      reader.resolve({ done: false, value });
      return;
    }
    const { size, full } = this.#options;
    if (this.#buffer.length >= size) {
      if (full !== 'keep_newest') {
        this.end(full());
        return;
      }
      // An older value of the same key, or else the oldest that may give way.
      let index = this.#buffer.findIndex((entry) => key !== undefined && entry.key === key);
      if (index < 0) index = this.#buffer.findIndex((entry) => entry.key !== undefined);
      this.#buffer.splice(Math.max(0, index), 1);
    }
    this.#buffer.push({ value, key });
  }

  /** Nothing comes after what waits; then the reader gets the error, if there is one. */
  end(error: Error | undefined): void {
    if (this.#end) return;
    this.#end = { error };
    this.#options.done();
    const [first, ...others] = this.#waiting.splice(0);
    if (first && error) {
      this.#end.error = undefined;
      first.reject(error);
    } else {
      first?.resolve({ done: true, value: undefined });
    }
    for (const reader of others) reader.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    const entry = this.#buffer.shift();
    if (entry) return Promise.resolve({ done: false, value: entry.value });
    if (!this.#end) return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }));
    const { error } = this.#end;
    this.#end.error = undefined;
    return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined });
  }

  /** The reader leaves: what a `break` does. */
  return(): Promise<IteratorResult<Value, undefined>> {
    this.#buffer.length = 0;
    this.end(undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
