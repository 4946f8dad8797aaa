// The runtime of Tickwire's TypeScript clients: the same for every contract. Not edited by hand.
/** The clock of the machine. */
const systemClock = {
    now: () => performance.now(),
    after(milliseconds, action) {
        const timer = setTimeout(action, milliseconds);
        return () => clearTimeout(timer);
    },
    random: Math.random,
};
const VERDICTS = {
    1000: 'stop', // done
    1001: 'stop', // done
    1002: 'stop', // WebSocket protocol error
    1007: 'stop', // text is not UTF-8
    1009: 'stop', // message too large
    1011: 'reconnect', // internal error
    1012: 'reconnect', // restarting
    4400: 'stop', // too many invalid frames
    4401: 'stop', // not authenticated
    4403: 'stop', // forbidden
    4406: 'stop', // no common subprotocol
    4408: 'reconnect', // silent past the heartbeat
    4410: 'reconnect', // reached its maximum age
    4429: 'back_off', // rate limit
    4430: 'back_off', // connection limit
    4440: 'reconnect', // the token expired; every attempt asks for a new one
    4450: 'now', // slow consumer
};
/** The verdict of a close code; `undefined`, like 1006, is a connection that was lost without one. */
function verdict(code) {
    return VERDICTS[code ?? 1006] ?? 'reconnect';
}
/** Whether a status of the handshake means that another attempt would end alike. */
function refusesForGood(status) {
    return status === 401 || status === 403;
}
/** The least wait of `back_off`. */
const LEAST_BACK_OFF = 1000;
/** Full-jitter exponential backoff. */
class Backoff {
    #clock;
    #base;
    #cap;
    #attempt = 0;
    constructor(clock, { base = 500, cap = 30_000 } = {}) {
        this.#clock = clock;
        this.#base = base;
        this.#cap = cap;
    }
    /** The number of the next attempt, 1 for the first one after a connection that stayed up. */
    get attempt() {
        return this.#attempt + 1;
    }
    /** A connection has ended that was open for so long. One that outlived every wait worked. */
    opened(milliseconds) {
        if (milliseconds >= this.#cap)
            this.reset();
    }
    reset() {
        this.#attempt = 0;
    }
    /**
     * How long to wait before the next attempt, never less than `atLeast`. Where something asks for a
     * wait, the jitter comes on top: all who were told the same would come back at the same time.
     */
    next(after, atLeast = 0) {
        const attempt = this.#attempt++;
        const floor = after === 'back_off' ? Math.max(LEAST_BACK_OFF, atLeast) : atLeast;
        if (after === 'now' && attempt === 0)
            return floor;
        return floor + this.#clock.random() * Math.min(this.#cap, this.#base * 2 ** attempt);
    }
}
/** Whether a value is an object with members, as every frame and payload is. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** How many topics one batch `subscribe` may carry: what its schema says. */
function batchSize(contract) {
    const follow = (schema) => schema?.$ref === undefined ? schema : contract.schemas[schema.$ref];
    const frame = follow({ $ref: contract.messages['subscribe']?.frame ?? '' });
    const payload = follow(frame?.properties?.['payload']);
    const limit = (name) => follow(payload?.properties?.[name])?.maxItems ?? Infinity;
    return Math.min(limit('topics'), limit('options'));
}
/** Listeners that are called in the order in which they came. */
class Emitter {
    #listeners = new Set();
    get size() {
        return this.#listeners.size;
    }
    add(call) {
        // An object of its own, since the same function may listen twice.
        const listener = { call };
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }
    emit(...values) {
        for (const listener of [...this.#listeners]) {
            // One that another has just taken back is not called any more.
            if (this.#listeners.has(listener))
                guarded(() => listener.call(...values));
        }
    }
}
/** Calls a function of the user's. What it throws goes where errors of event listeners go. */
function guarded(call) {
    try {
        call();
    }
    catch (error) {
        queueMicrotask(() => {
            throw error;
        });
    }
}
// --------------------------------------------------------------------------------- errors.ts
// What can go wrong, one class each. `kind` tells them apart where `instanceof` cannot, as across
// two copies of this module.
/** What every error of this client is. */
export class TickwireError extends Error {
    constructor(message, options) {
        super(message, options);
        this.name = new.target.name;
    }
}
/** The server refused a request or a topic, and says why. */
export class RequestError extends TickwireError {
    kind = 'error';
    /** For programs. */
    code;
    severity;
    /** Whether the same request may succeed later. */
    retryable;
    /** How long to wait before, in milliseconds, where the server says so. */
    retryAfter;
    /** Every violation, with pointers into the request's frame. */
    details;
    requestType;
    constructor(payload) {
        super(payload.message);
        this.code = payload.code;
        this.severity = payload.severity;
        this.retryable = payload.retryable;
        this.retryAfter = payload.retry_after_ms;
        this.details = payload.details;
        this.requestType = payload.request_type;
    }
}
/** No answer came in time. The server may have done what was asked. */
export class RequestTimeoutError extends TickwireError {
    kind = 'timeout';
    constructor(type, milliseconds) {
        super(`no answer to ${type} within ${milliseconds} ms`);
    }
}
/** The connection was lost before the answer came. The server may have done what was asked. */
export class ConnectionLostError extends TickwireError {
    kind = 'connection_lost';
    constructor(type) {
        super(`the connection was lost before the answer to ${type}`);
    }
}
/** A frame of ours breaks the contract. It was not sent. */
export class InvalidFrameError extends TickwireError {
    kind = 'invalid';
    /** Every violation, with the pointers that the server would give. */
    details;
    constructor(message, details) {
        super(told(message, details));
        this.details = details;
    }
}
/** A frame of the server was not understood, or breaks the contract where that is checked. */
export class InvalidAnswerError extends TickwireError {
    kind = 'invalid_answer';
    details;
    constructor(message, details = []) {
        super(told(message, details));
        this.details = details;
    }
}
function told(message, details) {
    const places = details.map((detail) => `${detail.pointer || 'the frame'}: ${detail.message}`);
    return [message, ...places].join('; ');
}
/** The client is closed: by `close()`, or since the server's close code means that it has to stop. */
export class ClosedError extends TickwireError {
    kind = 'closed';
    /** The close code, where the server closed. */
    code;
    constructor(message, code, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.code = code;
    }
}
/** A topic is not permitted any more: the token was replaced by one that may do less. */
export class RevokedError extends TickwireError {
    kind = 'revoked';
}
/** An iterator was read too slowly, and its class of delivery does not allow to leave updates out. */
export class OverflowError extends TickwireError {
    kind = 'overflow';
    constructor(topic, size) {
        super(`${topic}: more than ${size} updates wait for the iterator`);
    }
}
// -------------------------------------------------------------------------------- formats.ts
// The formats that a contract may name. What the server refuses is refused here; where the standards
// leave room, the server decides.
/** Whether a text has a format; one that is not known (`int64`) says nothing about texts. */
function hasFormat(format, text) {
    return FORMATS[format]?.(text) ?? true;
}
const FORMATS = {
    'date-time': isDateTime,
    date: isDate,
    uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
    uri: (text) => /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]*$/i.test(text),
    email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
    ipv4: isIpv4,
    ipv6: isIpv6,
};
function isDate(text) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!parts)
        return false;
    const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
    return days !== undefined && day >= 1 && day <= days;
}
/** RFC 3339; a second 60 only where a leap second can be, at the end of a day in UTC. */
function isDateTime(text) {
    const parts = /^(.{10})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|([+-])(\d{2}):(\d{2}))$/i.exec(text);
    if (!parts || !isDate(parts[1] ?? ''))
        return false;
    const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
    const [hours, minutes] = [Number(parts[8] ?? 0), Number(parts[9] ?? 0)];
    if (hour > 23 || minute > 59 || second > 60 || hours > 23 || minutes > 59)
        return false;
    if (second < 60)
        return true;
    const offset = (hours * 60 + minutes) * (parts[7] === '-' ? -1 : 1);
    return (hour * 60 + minute - offset + 2 * 1440) % 1440 === 1439;
}
function isIpv4(text) {
    const parts = text.split('.');
    return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}
function isIpv6(text) {
    const halves = text.split('::');
    if (halves.length > 2)
        return false;
    const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
    const last = groups.at(-1);
    let count = groups.length;
    if (last?.includes('.')) {
        if (!isIpv4(last))
            return false;
        groups.pop();
        count += 1;
    }
    const complete = halves.length === 2 ? count < 8 : count === 8;
    return complete && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}
// ------------------------------------------------------------------------------- validate.ts
// Checks values against the contract's schemas. An interpreter, so that it needs no `eval` and works
// under a strict Content-Security-Policy. It points to the same places as the server does.
/** As many violations as the server lists. */
const MOST = 32;
/** Checks frames of one contract. */
export class Validator {
    #contract;
    #patterns = new Map();
    constructor(contract) {
        this.#contract = contract;
    }
    /** What a frame breaks; nothing where it is right, and where its type is not of the contract. */
    frame(frame) {
        const message = this.#contract.messages[frame.type];
        const violations = [];
        if (message)
            this.#check({ $ref: message.frame }, frame, '', violations);
        return violations;
    }
    #check(schema, value, pointer, found) {
        if (found.length >= MOST)
            return;
        if (schema.$ref !== undefined) {
            const target = this.#contract.schemas[schema.$ref];
            if (target)
                this.#check(target, value, pointer, found);
            return;
        }
        const say = (message) => void found.push({ pointer, message });
        if (schema.type !== undefined && !isOf(schema.type, value)) {
            say(`${shown(value)} is not of type "${schema.type}"`);
        }
        else if (schema.const !== undefined && value !== schema.const) {
            say(`${shown(schema.const)} was expected`);
        }
        else if (schema.enum && !schema.enum.includes(value)) {
            say(`${shown(value)} is not one of ${schema.enum.map(shown).join(', ')}`);
        }
        else if (typeof value === 'string') {
            this.#string(schema, value, say);
        }
        else if (typeof value === 'number') {
            number(schema, value, say);
        }
        else if (Array.isArray(value)) {
            this.#array(schema, value, pointer, found, say);
        }
        else if (schema.type === 'object' && isObject(value)) {
            this.#object(schema, value, pointer, found, say);
        }
    }
    #string(schema, value, say) {
        // Characters, as JSON Schema counts them, not UTF-16 units.
        const length = [...value].length;
        if (schema.minLength !== undefined && length < schema.minLength) {
            say(`${shown(value)} is shorter than ${count(schema.minLength, 'character')}`);
        }
        if (schema.maxLength !== undefined && length > schema.maxLength) {
            say(`${shown(value)} is longer than ${count(schema.maxLength, 'character')}`);
        }
        if (schema.pattern !== undefined && !this.#pattern(schema.pattern).test(value)) {
            say(`${shown(value)} does not match "${schema.pattern}"`);
        }
        if (schema.format !== undefined && !hasFormat(schema.format, value)) {
            say(`${shown(value)} is not a "${schema.format}"`);
        }
    }
    #array(schema, value, pointer, found, say) {
        if (schema.minItems !== undefined && value.length < schema.minItems) {
            say(`the list has less than ${count(schema.minItems, 'item')}`);
        }
        if (schema.maxItems !== undefined && value.length > schema.maxItems) {
            say(`the list has more than ${count(schema.maxItems, 'item')}`);
        }
        if (schema.uniqueItems && new Set(value.map(canonical)).size < value.length) {
            say('the list has an item twice');
        }
        const { items } = schema;
        if (items)
            value.forEach((item, index) => this.#check(items, item, `${pointer}/${index}`, found));
    }
    #object(schema, value, pointer, found, say) {
        const properties = schema.properties ?? {};
        // A member that is undefined is not written into JSON, so it is not there.
        const there = (name) => Object.hasOwn(value, name) && value[name] !== undefined;
        for (const name of schema.required ?? []) {
            if (!there(name))
                say(`"${name}" is a required property`);
        }
        for (const name of Object.keys(value).filter(there)) {
            const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
            if (property)
                this.#check(property, value[name], `${pointer}/${escaped(name)}`, found);
            else
                say(`Additional properties are not allowed ('${name}' was unexpected)`);
        }
    }
    #pattern(source) {
        let pattern = this.#patterns.get(source);
        if (!pattern) {
            pattern = new RegExp(source);
            this.#patterns.set(source, pattern);
        }
        return pattern;
    }
}
function number(schema, value, say) {
    if (schema.minimum !== undefined && value < schema.minimum) {
        say(`${value} is less than the minimum of ${schema.minimum}`);
    }
    if (schema.maximum !== undefined && value > schema.maximum) {
        say(`${value} is greater than the maximum of ${schema.maximum}`);
    }
    if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
        say(`${value} is less than or equal to the minimum of ${schema.exclusiveMinimum}`);
    }
    if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum) {
        say(`${value} is greater than or equal to the maximum of ${schema.exclusiveMaximum}`);
    }
}
function isOf(type, value) {
    switch (type) {
        case 'object':
            return isObject(value);
        case 'array':
            return Array.isArray(value);
        case 'integer':
            return Number.isInteger(value);
        case 'number':
            // JSON has neither NaN nor infinities.
            return Number.isFinite(value);
        default:
            return typeof value === type;
    }
}
function shown(value) {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
function count(number, what) {
    return `${number} ${what}${number === 1 ? '' : 's'}`;
}
function escaped(name) {
    return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
/** The same text for equal values: the order of members means nothing. */
function canonical(value) {
    return JSON.stringify(value, (_, part) => isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part);
}
/** The requests that wait for their answers. */
class Exchange {
    #contract;
    #validator;
    #clock;
    #timeout;
    #pending = new Map();
    #replies;
    #link;
    #number = 0;
    /** The server's `max_frame_bytes`. */
    maxFrameBytes = Infinity;
    constructor(contract, validator, clock, timeout = 10_000) {
        this.#contract = contract;
        this.#validator = validator;
        this.#clock = clock;
        this.#timeout = timeout;
        this.#replies = new Map(Object.values(contract.requests).map(({ type, reply }) => [type, reply]));
    }
    /** Frames can be sent from now on. What has been waiting follows with `release`. */
    opened(link) {
        this.#link = link;
    }
    /** Sends what has been waiting. */
    release() {
        const link = this.#link;
        if (!link)
            return;
        for (const pending of [...this.#pending.values()]) {
            if (!pending.sent)
                this.#send(pending, link);
        }
    }
    /** The connection is lost: what was sent will not be answered, the rest waits for another one. */
    lost() {
        this.#link = undefined;
        for (const pending of [...this.#pending.values()]) {
            if (pending.sent)
                pending.settle(new ConnectionLostError(pending.type));
        }
    }
    /** There will be no connection any more. */
    closed(error) {
        this.#link = undefined;
        for (const pending of [...this.#pending.values()])
            pending.settle(error);
    }
    /**
     * Asks. `settle` is called in the same turn as the answer arrives, before any later frame.
     * `link` is for what precedes everything else on a connection.
     */
    ask(type, payload, settle, options = {}, link) {
        const id = String(++this.#number);
        const frame = { type, msg_id: id, payload };
        const text = JSON.stringify(frame);
        const problem = this.#problem(frame, text);
        if (problem) {
            settle(problem);
            return () => undefined;
        }
        const { timeout = this.#timeout, signal } = options;
        const give = (up) => this.#pending.get(id)?.settle(up);
        const aborted = () => give(signal?.reason);
        const stop = this.#clock.after(timeout, () => give(new RequestTimeoutError(type, timeout)));
        const pending = {
            type,
            text,
            sent: false,
            settle: (error, answer) => {
                if (!this.#pending.delete(id))
                    return;
                stop();
                signal?.removeEventListener('abort', aborted);
                settle(error, answer);
            },
        };
        this.#pending.set(id, pending);
        signal?.addEventListener('abort', aborted, { once: true });
        const open = link ?? this.#link;
        if (signal?.aborted)
            aborted();
        else if (open)
            this.#send(pending, open);
        return () => {
            this.#pending.delete(id);
            stop();
            signal?.removeEventListener('abort', aborted);
        };
    }
    /** The answer as a promise of its payload. */
    request(type, payload, options) {
        return new Promise((resolve, reject) => {
            const settle = (error, answer) => (error ? reject(error) : resolve(answer?.payload));
            this.ask(type, payload, settle, options);
        });
    }
    /** Whether a frame answers a request that waits; with a `problem`, it cannot be used. */
    answered(frame, problem) {
        const pending = frame.msg_id === undefined ? undefined : this.#pending.get(frame.msg_id);
        if (!pending?.sent)
            return false;
        const expected = this.#replies.get(pending.type);
        if (problem)
            pending.settle(problem);
        else if (frame.type === 'error')
            pending.settle(new RequestError(frame.payload));
        else if (expected !== undefined && frame.type !== expected) {
            pending.settle(new InvalidAnswerError(`${pending.type} was answered by ${frame.type}`));
        }
        else
            pending.settle(undefined, frame);
        return true;
    }
    /** Whether a frame answers a request of before, for which nobody waits any more. */
    asked(frame) {
        const number = /^[1-9]\d*$/.test(frame.msg_id ?? '') ? Number(frame.msg_id) : Infinity;
        return number <= this.#number;
    }
    #send(pending, link) {
        pending.sent = true;
        try {
            link(pending.text);
        }
        catch {
            // A socket that is closing. Its end will be told, and with it the requests that were sent.
        }
    }
    #problem(frame, text) {
        if (!this.#contract.messages[frame.type]) {
            const details = [{ pointer: '/type', message: `the contract has no message ${JSON.stringify(frame.type)}` }];
            return new InvalidFrameError('there is no such request', details);
        }
        const violations = this.#validator.frame(frame);
        if (violations.length > 0) {
            return new InvalidFrameError(`${frame.type} does not satisfy the contract`, violations);
        }
        // Only what might be too long in UTF-8 is measured.
        if (text.length * 3 > this.maxFrameBytes && bytes(text) > this.maxFrameBytes) {
            return new InvalidFrameError(`${frame.type} is larger than the server takes: ${this.maxFrameBytes} bytes`, []);
        }
        return undefined;
    }
}
/** How long a text is in UTF-8. */
function bytes(text) {
    return new TextEncoder().encode(text).length;
}
/** Frames are text messages of JSON. */
const SUBPROTOCOL = 'tickwire.v1.json';
/** The class to use: the one that was given, or else the platform's. */
function socketClass(given) {
    const found = given ?? globalThis.WebSocket;
    if (found)
        return found;
    throw new TypeError('there is no WebSocket here (Node has one from version 22): ' +
        "npm install ws, import WebSocket from 'ws', and pass it as the option WebSocket");
}
/**
 * The HTTP status of a handshake that was refused. Only `ws` tells it, in its error's message; by
 * the standard a program may not know.
 */
function handshakeStatus(event) {
    const message = event.message;
    const status = typeof message === 'string' ? /Unexpected server response: (\d{3})/.exec(message) : null;
    return status ? Number(status[1]) : undefined;
}
/** The address of the WebSocket: `http` means `ws`, and in a browser a path is enough. */
function socketAddress(url) {
    const base = globalThis.location?.href;
    const address = new URL(url, base);
    if (address.protocol === 'http:')
        address.protocol = 'ws:';
    if (address.protocol === 'https:')
        address.protocol = 'wss:';
    return address.href;
}
/** How long to stay away from a server that takes no token for now and does not say how long. */
const BUSY = 1000;
/** A handshake that takes longer has failed. */
const HANDSHAKE = 15_000;
/** When `welcome` does not say otherwise, as in a contract without it. */
const HEARTBEAT = 30_000;
/** Keeps a connection open. */
class Connection {
    #parts;
    #backoff;
    #changed = new Emitter();
    #state = { state: 'idle' };
    #socket;
    #timers = [];
    #openedAt;
    #heardAt = 0;
    #heartbeat = HEARTBEAT;
    #awaited = new Set();
    /** The next attempt is not made before, in the clock's time: an `error` said so. */
    #notBefore = 0;
    /** How long a server that shuts down wants to be left alone, in milliseconds. */
    #reconnectAfter = 0;
    constructor(parts) {
        this.#parts = parts;
        this.#backoff = new Backoff(parts.clock, parts.backoff);
    }
    /** What the connection is doing now. */
    get state() {
        return this.#state;
    }
    /** The same as `state`; the same object until it changes. */
    getSnapshot = () => this.#state;
    /** Calls `listener` after each change of the state. */
    onChange = (listener) => this.#changed.add(listener);
    /** Begins, unless it has begun before. */
    start() {
        if (this.#state.state === 'idle')
            void this.#attempt();
    }
    /** Plays without a server from now on. */
    offline(link) {
        this.#set({ state: 'offline' });
        this.#parts.opened(link);
    }
    /** Ends it for good; `error` says why, if the user did not ask for it. */
    close(error, end = {}) {
        if (this.#state.state === 'closed')
            return;
        const socket = this.#detach();
        this.#set({ state: 'closed', ...end, ...(error && { error }) });
        this.#parts.ended(error);
        closeQuietly(socket);
    }
    /** `welcome` came. */
    welcomed(heartbeat) {
        if (heartbeat !== undefined && heartbeat > 0)
            this.#heartbeat = heartbeat;
        this.#has('welcome');
    }
    /** An `error` that answers no request asks for a pause. */
    pause(milliseconds) {
        this.#notBefore = Math.max(this.#notBefore, this.#parts.clock.now() + milliseconds);
    }
    /** The server is about to stop: how long after that the next attempt makes sense. */
    shutdown(reconnectAfter) {
        this.#reconnectAfter = reconnectAfter;
    }
    /** The token expires soon. */
    async refresh() {
        const { token, requests, failed } = this.#parts;
        if (!token)
            return;
        const socket = this.#socket;
        try {
            const fresh = await token();
            if (this.#socket !== socket || !socket)
                return;
            requests.ask('auth.refresh', { token: fresh }, (error) => {
                // Refused for now: the old token is as good as it was.
                const forGood = error && 'code' in error && !(error instanceof RequestError && error.retryable);
                if (forGood && this.#socket === socket)
                    this.close(error);
                else if (error)
                    failed(error);
            });
        }
        catch (error) {
            // The connection lives until the old token expires (4440), and then asks again.
            failed(error);
        }
    }
    async #attempt() {
        this.#set({ state: 'connecting', attempt: this.#backoff.attempt });
        const state = this.#state;
        const { token, contract, url, socket, failed } = this.#parts;
        const authenticates = token !== undefined && contract.messages['auth'] !== undefined;
        let credential;
        if (authenticates) {
            try {
                credential = await token();
            }
            catch (error) {
                failed(error);
                if (this.#state === state)
                    this.#wait('reconnect');
                return;
            }
            if (this.#state !== state)
                return;
        }
        this.#awaited = new Set();
        if (authenticates)
            this.#awaited.add('auth');
        if (contract.messages['welcome'])
            this.#awaited.add('welcome');
        this.#open(new (socket())(url, [SUBPROTOCOL]), credential);
    }
    #open(socket, credential) {
        const { clock, requests } = this.#parts;
        this.#socket = socket;
        this.#openedAt = undefined;
        this.#after(HANDSHAKE, () => this.#lose({}));
        let status;
        socket.onopen = () => {
            this.#heardAt = clock.now();
            if (credential !== undefined) {
                const link = (text) => socket.send(text);
                const settle = (error) => {
                    if (this.#socket !== socket)
                        return;
                    if (!error)
                        this.#has('auth');
                    else if (error instanceof RequestError && error.retryable) {
                        // Too many at the moment, by which the token is no worse: another connection may do.
                        this.pause(error.retryAfter ?? BUSY);
                        this.#lose({});
                    }
                    else if ('code' in error)
                        this.close(error);
                    else
                        this.#lose({});
                };
                requests.ask('auth', { token: credential }, settle, {}, link);
            }
            this.#has();
        };
        socket.onmessage = (event) => {
            this.#heardAt = clock.now();
            this.#parts.received(event.data);
        };
        socket.onerror = (event) => {
            status ??= handshakeStatus(event);
        };
        socket.onclose = (event) => {
            const code = event.code === 1006 ? {} : { code: event.code, reason: event.reason };
            this.#lose({ ...code, ...(status !== undefined && { status }) });
        };
    }
    /** One of the things has come that an open connection needs; with the last one it is open. */
    #has(what) {
        if (what)
            this.#awaited.delete(what);
        const socket = this.#socket;
        if (this.#awaited.size > 0 || !socket || this.#openedAt !== undefined)
            return;
        const { clock, opened } = this.#parts;
        this.#stopTimers();
        this.#openedAt = clock.now();
        this.#set({ state: 'open' });
        if (this.#socket !== socket)
            return;
        opened((text) => socket.send(text));
        this.#watch();
    }
    /** After two heartbeats of silence it asks; after a third one nobody is there. */
    #watch() {
        const { clock, contract, requests } = this.#parts;
        if (!contract.messages['ping'])
            return;
        const silence = clock.now() - this.#heardAt;
        const due = 2 * this.#heartbeat - silence;
        if (due > 0) {
            this.#after(due, () => this.#watch());
            return;
        }
        const asked = this.#heardAt;
        requests.ask('ping', {}, () => undefined, { timeout: this.#heartbeat });
        this.#after(this.#heartbeat, () => {
            if (this.#heardAt === asked)
                this.#lose({});
            else
                this.#watch();
        });
    }
    /** The connection has ended without our doing. */
    #lose(end) {
        const { clock, lost } = this.#parts;
        const socket = this.#detach();
        if (this.#openedAt !== undefined)
            this.#backoff.opened(clock.now() - this.#openedAt);
        this.#openedAt = undefined;
        const after = verdict(end.code);
        if (after === 'stop' || refusesForGood(end.status)) {
            const how = end.code !== undefined ? `by ${end.code} ${end.reason ?? ''}` : `by HTTP status ${end.status}`;
            lost();
            this.close(new ClosedError(`the server closed the connection ${how}`.trimEnd(), end.code), end);
        }
        else {
            this.#wait(after, end);
        }
        closeQuietly(socket);
    }
    #wait(after, end = {}) {
        const { clock, lost } = this.#parts;
        const attempt = this.#backoff.attempt;
        const delay = this.#backoff.next(after, Math.max(this.#reconnectAfter, this.#notBefore - clock.now()));
        this.#reconnectAfter = 0;
        this.#set({ state: 'waiting', attempt, delay, ...end });
        this.#after(delay, () => void this.#attempt());
        lost();
    }
    #after(milliseconds, action) {
        this.#stopTimers();
        this.#timers.push(this.#parts.clock.after(milliseconds, action));
    }
    #stopTimers() {
        for (const stop of this.#timers.splice(0))
            stop();
    }
    #detach() {
        this.#stopTimers();
        const socket = this.#socket;
        this.#socket = undefined;
        if (socket) {
            socket.onopen = socket.onmessage = socket.onclose = null;
            // Stays, since `ws` throws an error that nobody listens to.
            socket.onerror = () => undefined;
        }
        return socket;
    }
    #set(state) {
        this.#state = state;
        this.#changed.emit();
    }
}
function closeQuietly(socket) {
    try {
        socket?.close(1000);
    }
    catch {
        // It was closed before.
    }
}
// ------------------------------------------------------------------------------- incoming.ts
// The least that must be right in a frame of the server for the client to go on with it. The rest is
// checked only on demand, so that a newer server may add to what it sends.
/** What a frame lacks that the client itself relies on. */
function malformed(frame, kind) {
    const { payload } = frame;
    if (!isObject(payload))
        return [{ pointer: '/payload', message: 'an object is expected' }];
    const wrong = [];
    const need = (pointer, right) => {
        if (!right)
            wrong.push({ pointer, message: 'it is missing, or of another type' });
    };
    const isText = (value) => typeof value === 'string';
    if (kind) {
        need('/topic', isText(frame.topic));
        need('/seq', Number.isInteger(frame.seq));
    }
    else if (frame.type === 'topic.reset') {
        for (const name of ['topic', 'reason', 'epoch'])
            need(`/payload/${name}`, isText(payload[name]));
        need('/payload/seq', Number.isInteger(payload['seq']));
    }
    else if (frame.type === 'error') {
        for (const name of ['code', 'message'])
            need(`/payload/${name}`, isText(payload[name]));
        need('/payload/details', Array.isArray(payload['details']));
    }
    return wrong;
}
/** Values for one reader. */
class Stream {
    #options;
    #buffer = [];
    #waiting = [];
    #end;
    constructor(options) {
        this.#options = options;
    }
    /** A value with a `key` may give way to a newer one of the same key. */
    push(value, key) {
        if (this.#end)
            return;
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
            if (index < 0)
                index = this.#buffer.findIndex((entry) => entry.key !== undefined);
            this.#buffer.splice(Math.max(0, index), 1);
        }
        this.#buffer.push({ value, key });
    }
    /** Nothing comes after what waits; then the reader gets the error, if there is one. */
    end(error) {
        if (this.#end)
            return;
        this.#end = { error };
        this.#options.done();
        const [first, ...others] = this.#waiting.splice(0);
        if (first && error) {
            this.#end.error = undefined;
            first.reject(error);
        }
        else {
            first?.resolve({ done: true, value: undefined });
        }
        for (const reader of others)
            reader.resolve({ done: true, value: undefined });
    }
    next() {
        const entry = this.#buffer.shift();
        if (entry)
            return Promise.resolve({ done: false, value: entry.value });
        if (!this.#end)
            return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }));
        const { error } = this.#end;
        this.#end.error = undefined;
        return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined });
    }
    /** The reader leaves: what a `break` does. */
    return() {
        this.#buffer.length = 0;
        this.end(undefined);
        return Promise.resolve({ done: true, value: undefined });
    }
    [Symbol.asyncIterator]() {
        return this;
    }
}
/** Whether a notice says that what was received before does not count any more. */
export function startsOver(notice) {
    return notice.notice === 'not_recovered' || (notice.notice === 'reset' && notice.reason === 'restarted');
}
/** A topic that nobody is subscribed to. */
const IDLE = {
    status: 'idle',
    data: undefined,
    position: undefined,
    notice: undefined,
    error: undefined,
};
/** One topic on the wire. */
class Subscription {
    target;
    /** Turns a frame into what subscribers get. */
    #item;
    #listeners = new Set();
    #changed = new Emitter();
    state = { ...IDLE, status: 'subscribing' };
    stage = 'waiting';
    /** Counts what was asked, so that a late answer to an earlier question is told apart. */
    asked = 0;
    /** Takes back what is planned: another attempt. */
    cancel = () => undefined;
    #epoch;
    #seq;
    #repairing = false;
    constructor(target, item) {
        this.target = target;
        this.#item = item;
        this.#epoch = target.options.since?.epoch;
        this.#seq = target.options.since?.seq;
    }
    get empty() {
        return this.#listeners.size === 0 && this.#changed.size === 0;
    }
    /** Where to resume from. */
    get position() {
        if (this.#epoch === undefined || this.#seq === undefined)
            return undefined;
        return { epoch: this.#epoch, seq: this.#seq };
    }
    listen(listener) {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }
    watch(changed) {
        return this.#changed.add(changed);
    }
    /** What is held does not count any more: the next subscribe begins without a position. */
    forget() {
        this.#epoch = this.#seq = undefined;
    }
    /** The server has subscribed us; the updates of before, if `resumed`, follow. */
    live(epoch, seq, resumed) {
        const { family, options } = this.target;
        this.stage = 'live';
        this.#epoch = epoch;
        if (!resumed) {
            // What comes first is a snapshot or history, of which the first `seq` is not known.
            const open = family.delivery === 'delta' || (options.history ?? 0) > 0;
            this.#seq = open ? undefined : seq;
        }
        this.#set({ status: 'live', error: undefined, position: this.position });
    }
    /** What a frame of this `seq` is, after the position. */
    receive(seq, snapshot) {
        if (this.stage !== 'live')
            return 'ignore';
        const last = this.#seq;
        if (last !== undefined && seq <= last)
            return 'duplicate';
        // In class `latest` a step above 1 is conflation; a snapshot stands for all before it.
        const gapless = this.target.family.delivery !== 'latest' && !snapshot;
        if (gapless && last !== undefined && seq > last + 1) {
            if (!this.#repairing) {
                this.#repairing = true;
                return 'gap';
            }
            this.notify({ type: 'notice', notice: 'not_recovered', reason: 'gap' });
        }
        this.#repairing = false;
        this.#seq = seq;
        return 'deliver';
    }
    deliver(frame) {
        this.#set({ data: this.#item(frame), position: this.position });
        for (const listener of [...this.#listeners]) {
            if (this.#listeners.has(listener))
                guarded(() => listener.update(frame));
        }
    }
    /** The stream is whole again from this position on. */
    reset(position, notice) {
        this.#epoch = position.epoch;
        const restarted = notice.reason === 'restarted';
        this.#seq = restarted && this.target.family.delivery === 'delta' ? undefined : position.seq;
        this.notify(notice);
    }
    notify(notice) {
        this.#set({ notice });
        for (const listener of [...this.#listeners])
            guarded(() => listener.notice?.(notice));
    }
    /** The connection is lost. */
    interrupt() {
        this.cancel();
        this.stage = 'waiting';
        if (this.state.status === 'live')
            this.#set({ status: 'stale' });
    }
    end(status, error) {
        this.cancel();
        this.stage = 'over';
        this.#set({ status, error });
        const listeners = [...this.#listeners];
        this.#listeners.clear();
        for (const listener of listeners)
            guarded(() => listener.end?.(error));
    }
    #set(change) {
        this.state = { ...this.state, ...change };
        this.#changed.emit();
    }
}
const BUFFER = 1024;
/** Makes a topic of a family. Its parameters have been checked. */
function topicOf(host, target) {
    const { family, topic: name } = target;
    const item = family.snapshot === undefined ? (frame) => frame.payload : (frame) => frame;
    // What this handle has seen end stays visible: nobody shares it any more.
    let over;
    const enter = (act) => {
        let joined;
        return host.join(target, item, (subscription) => {
            joined = subscription;
            const leave = act(subscription);
            return () => {
                over = joined?.stage === 'over' ? joined : undefined;
                leave();
            };
        });
    };
    const stream = (options, value, notice) => {
        const size = options.buffer ?? BUFFER;
        let leave = () => undefined;
        const values = new Stream({
            size,
            full: family.delivery === 'latest' ? 'keep_newest' : () => new OverflowError(name, size),
            done: () => leave(),
        });
        leave = enter((subscription) => subscription.listen({
            update: (frame) => values.push(value(frame), keyOf(family, frame)),
            ...(notice && { notice: (told) => values.push(notice(told)) }),
            end: (error) => values.end(error),
        }));
        return values;
    };
    const getSnapshot = () => {
        const current = host.find(name);
        if (current)
            over = undefined;
        return (current ?? over)?.state ?? IDLE;
    };
    return {
        name,
        key: JSON.stringify([host.id, name, target.options]),
        get state() {
            return getSnapshot();
        },
        getSnapshot,
        onChange: (listener) => enter((subscription) => subscription.watch(() => {
            if (subscription.stage === 'over')
                over = subscription;
            listener();
        })),
        subscribe: (update, { notice, end } = {}) => enter((subscription) => subscription.listen({
            update: (frame) => update(item(frame), frame),
            ...(notice && { notice }),
            end: end ?? ((error) => error && host.failed(error)),
        })),
        events: (options = {}) => stream(options, (frame) => frame, (notice) => notice),
        items: (options = {}) => stream(options, item),
        [Symbol.asyncIterator]: () => stream({}, item),
    };
}
/** What an update replaces, in class `latest`. */
function keyOf(family, frame) {
    const parts = family.key?.split('/').slice(1) ?? [];
    const names = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    return JSON.stringify(at(frame.payload, names)) ?? '';
}
/** The topic that a family's parameters name. */
function topicName(family, params) {
    const values = new Map();
    for (const { name, path, default: fallback } of family.parameters) {
        const value = at(params, path) ?? fallback;
        if (typeof value !== 'string') {
            const details = [{ pointer: `/payload/${path.join('/')}`, message: `a topic of ${family.name} needs it` }];
            throw new InvalidFrameError(`${family.subscribe} does not satisfy the contract`, details);
        }
        values.set(name, value);
    }
    return family.pattern.replace(/\{([^}]+)\}/g, (_, name) => values.get(name) ?? '');
}
function at(value, path) {
    return path.reduce((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}
const EPOCH = 'offline';
/** Stands in for a server. */
class Offline {
    #contract;
    #options;
    #clock;
    #receive;
    #playing = new Map();
    #stopped = false;
    constructor(contract, options, clock, receive) {
        this.#contract = contract;
        this.#options = options;
        this.#clock = clock;
        this.#receive = receive;
    }
    /** Takes a frame of the client. The answer comes in a later turn, as from a socket. */
    link = (text) => {
        const frame = JSON.parse(text);
        queueMicrotask(() => {
            if (!this.#stopped)
                void this.#answer(frame);
        });
    };
    stop() {
        this.#stopped = true;
        for (const playing of this.#playing.values())
            playing.stop();
        this.#playing.clear();
    }
    async #answer(request) {
        const payload = isObject(request.payload) ? request.payload : {};
        const families = Object.values(this.#contract.families);
        const joined = families.find((family) => family.subscribe === request.type);
        const left = families.find((family) => family.unsubscribe === request.type);
        const topics = Array.isArray(payload['topics']) ? payload['topics'] : [];
        if (joined)
            this.#reply(request, `${request.type}.response`, this.#join(topicName(joined, payload)));
        else if (left)
            this.#reply(request, `${request.type}.response`, this.#leave(topicName(left, payload)));
        else if (request.type === 'subscribe') {
            this.#reply(request, 'subscription_confirmed', { results: topics.map((topic) => this.#join(topic)) });
        }
        else if (request.type === 'unsubscribe') {
            this.#reply(request, 'unsubscription_confirmed', { results: topics.map((topic) => this.#leave(topic)) });
        }
        else {
            const own = await this.#options.answer?.(request.type, request.payload);
            const example = own === undefined ? this.#example(request) : own;
            if (example !== undefined)
                this.#reply(request, this.#replyType(request.type), example);
            else
                this.#reply(request, 'error', unavailable(request.type));
        }
    }
    #replyType(type) {
        return Object.values(this.#contract.requests).find((entry) => entry.type === type)?.reply ?? `${type}.response`;
    }
    /** The answer of the example that asks the same, or else the first one. */
    #example(request) {
        const asked = this.#contract.messages[request.type]?.examples ?? [];
        const answers = this.#contract.messages[this.#replyType(request.type)]?.examples ?? [];
        const same = asked.find((example) => JSON.stringify(example.payload) === JSON.stringify(request.payload));
        return (answers.find((answer) => same && answer.msg_id === same.msg_id) ?? answers[0])?.payload;
    }
    #join(name) {
        const found = this.#topic(name);
        if (!found) {
            const error = { code: 'invalid_topic', retryable: false };
            return { topic: name, status: 'refused', message: 'no such topic', error };
        }
        let playing = this.#playing.get(name);
        const status = playing ? 'already_subscribed' : 'subscribed';
        if (!playing) {
            playing = { ...found, seq: 0, n: 0, stop: () => undefined };
            this.#playing.set(name, playing);
            this.#next(playing, 0);
        }
        return { topic: name, status, message: 'played offline', epoch: EPOCH, seq: playing.seq };
    }
    #leave(name) {
        const playing = this.#playing.get(name);
        playing?.stop();
        this.#playing.delete(name);
        return { topic: name, status: playing ? 'unsubscribed' : 'not_subscribed', message: 'played offline' };
    }
    #next(playing, delay) {
        playing.stop = this.#clock.after(delay, () => {
            const { topic, family } = playing;
            const frame = this.#options.update
                ? this.#options.update(topic, playing.n)
                : this.#played(topic, family, playing.n);
            playing.n += 1;
            if (frame) {
                const seq = (playing.seq += 1);
                this.#send({ type: family.update, ...frame, topic: topic.name, seq, msg_id: `${topic.name}/${seq}` });
            }
            this.#next(playing, this.#options.interval ?? 1000);
        });
    }
    /** The examples of a family in turn, a snapshot first, with the topic's own parameters. */
    #played(topic, family, n) {
        const examples = (type) => (type === undefined ? undefined : this.#contract.messages[type])?.examples ?? [];
        const snapshots = examples(family.snapshot).slice(0, 1);
        const updates = examples(family.update);
        const example = snapshots[n] ?? updates[(n - snapshots.length) % updates.length];
        if (!example)
            return undefined;
        const payload = isObject(example.payload) ? { ...example.payload } : example.payload;
        if (isObject(payload)) {
            for (const [name, value] of Object.entries(topic.params)) {
                if (typeof payload[name] === typeof value)
                    payload[name] = value;
            }
        }
        return { type: example.type, payload };
    }
    #topic(name) {
        for (const family of Object.values(this.#contract.families)) {
            const names = [];
            const source = family.pattern
                .split(/\{([^}]+)\}/)
                .map((part, index) => (index % 2 ? (names.push(part), '([^:]+)') : literal(part)))
                .join('');
            const values = new RegExp(`^${source}$`).exec(name);
            if (!values)
                continue;
            const params = Object.fromEntries(names.map((parameter, index) => [parameter, values[index + 1]]));
            return { family, topic: { name, family: family.name, params } };
        }
        return undefined;
    }
    #reply(request, type, payload) {
        this.#send({ type, payload, ...(request.msg_id !== undefined && { msg_id: request.msg_id }) });
    }
    #send(frame) {
        if (this.#stopped)
            return;
        const stamp = { direction: 's2c', timestamp: new Date().toISOString() };
        this.#receive({ ...frame, ...stamp });
    }
}
function unavailable(type) {
    const message = `${type} has no example to be played`;
    return { severity: 'system_error', code: 'unavailable', message, request_type: type, retryable: false, details: [] };
}
function literal(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
/** The topics of a client. */
class Subscriptions {
    counters = { gaps: 0, duplicates: 0 };
    #contract;
    #requests;
    #clock;
    #backoff;
    #batch;
    #topics = new Map();
    #retries = new WeakMap();
    /** What goes out next: topics to leave, and then topics to ask for. */
    #leaving = new Map();
    #joining = new Set();
    #open = false;
    #planned = false;
    constructor(contract, requests, clock, backoff) {
        this.#contract = contract;
        this.#requests = requests;
        this.#clock = clock;
        this.#backoff = backoff;
        this.#batch = batchSize(contract);
    }
    /** The subscription of a topic, if there is one. */
    find(topic) {
        return this.#topics.get(topic);
    }
    /**
     * Subscribes, or shares the subscription that there is. `enter` adds what it wants to the
     * subscription; what it answers takes that back, and with the last one the subscription ends.
     */
    join(target, item, enter) {
        let subscription = this.#topics.get(target.topic);
        if (!subscription) {
            subscription = new Subscription(target, item);
            this.#topics.set(target.topic, subscription);
            this.#want(subscription);
        }
        else if (!subscription.empty && subscription.stage === 'live' && this.#needsState(subscription)) {
            // A late one needs the state that the changes change, so all get it anew.
            this.#anew(subscription, false);
        }
        const joined = subscription;
        const leave = enter(joined);
        return () => {
            leave();
            // In the next turn, since who leaves may come back at once, as React's strict mode does.
            if (joined.empty)
                queueMicrotask(() => this.#abandon(joined));
        };
    }
    /** A connection is open: everything is asked for, from where it was. */
    opened() {
        this.#open = true;
        for (const subscription of this.#topics.values())
            this.#want(subscription);
        this.#flush();
    }
    /** The connection is lost. */
    lost() {
        this.#open = false;
        this.#leaving.clear();
        this.#joining.clear();
        for (const subscription of this.#topics.values())
            subscription.interrupt();
    }
    /** Another server takes over: positions mean nothing to it, and what is held is not its. */
    forget(message) {
        for (const subscription of this.#topics.values()) {
            subscription.forget();
            subscription.notify({ type: 'notice', notice: 'reset', reason: 'restarted', message });
        }
    }
    closed(error) {
        this.#open = false;
        const subscriptions = [...this.#topics.values()];
        this.#topics.clear();
        for (const subscription of subscriptions)
            subscription.end('ended', error);
    }
    /** An update or a snapshot; one that is not `valid` has been seen, and is not given to anybody. */
    received(frame, snapshot, valid) {
        const subscription = this.#topics.get(frame.topic);
        if (!subscription)
            return;
        switch (subscription.receive(frame.seq, snapshot)) {
            case 'deliver':
                if (valid)
                    subscription.deliver(frame);
                break;
            case 'duplicate':
                this.counters.duplicates += 1;
                break;
            case 'gap':
                this.counters.gaps += 1;
                this.#anew(subscription, true);
                break;
            case 'ignore':
                break;
        }
    }
    /** `topic.reset` */
    reset(payload) {
        const subscription = this.#topics.get(payload.topic);
        if (subscription?.stage !== 'live')
            return;
        const { reason, message, from, to } = payload;
        if (reason === 'ended' || reason === 'revoked') {
            this.#topics.delete(payload.topic);
            if (reason === 'ended')
                subscription.end('ended');
            else
                subscription.end('refused', new RevokedError(message));
            return;
        }
        const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        subscription.reset(payload, { type: 'notice', notice: 'reset', reason, message, ...range });
    }
    #needsState(subscription) {
        return subscription.target.family.delivery === 'delta' && subscription.position !== undefined;
    }
    /** Leaves the topic and asks for it again: from where it was, or from the beginning. */
    #anew(subscription, resume) {
        if (!resume)
            subscription.forget();
        this.#leaving.set(subscription.target.topic, subscription.target);
        this.#want(subscription);
    }
    #want(subscription) {
        subscription.cancel();
        subscription.stage = 'waiting';
        if (!this.#open)
            return;
        this.#joining.add(subscription);
        this.#plan();
    }
    #abandon(subscription) {
        const { topic } = subscription.target;
        if (!subscription.empty || this.#topics.get(topic) !== subscription)
            return;
        this.#topics.delete(topic);
        subscription.cancel();
        this.#joining.delete(subscription);
        if (!this.#open || (subscription.stage !== 'asked' && subscription.stage !== 'live'))
            return;
        subscription.stage = 'over';
        this.#leaving.set(topic, subscription.target);
        this.#plan();
    }
    /** What is wanted within one turn goes out together. */
    #plan() {
        if (this.#planned)
            return;
        this.#planned = true;
        queueMicrotask(() => {
            this.#planned = false;
            if (this.#open)
                this.#flush();
        });
    }
    #flush() {
        const leaving = [...this.#leaving.values()];
        const joining = [...this.#joining];
        this.#leaving.clear();
        this.#joining.clear();
        this.#unsubscribe(leaving);
        this.#subscribe(joining);
    }
    #unsubscribe(targets) {
        // Whatever the answer, nobody waits for it.
        const ignore = () => undefined;
        if (targets.length > 1 && this.#contract.messages['unsubscribe']) {
            for (const chunk of this.#chunks(targets, (target) => target.topic)) {
                this.#requests.ask('unsubscribe', { topics: chunk.map((target) => target.topic) }, ignore);
            }
        }
        else {
            for (const { family, params } of targets)
                this.#requests.ask(family.unsubscribe, params, ignore);
        }
    }
    #subscribe(subscriptions) {
        if (subscriptions.length > 1 && this.#contract.messages['subscribe']) {
            for (const chunk of this.#chunks(subscriptions, (one) => [one.target.topic, entry(one)])) {
                this.#subscribeBatch(chunk);
            }
        }
        else {
            for (const subscription of subscriptions)
                this.#subscribeOne(subscription);
        }
    }
    #subscribeOne(subscription) {
        const { family, params } = subscription.target;
        const current = this.#asking(subscription);
        this.#requests.ask(family.subscribe, { ...params, ...wishes(subscription) }, (error, frame) => {
            if (!current())
                return;
            if (error)
                this.#failed(subscription, error);
            else
                this.#answered(subscription, frame?.payload);
        });
    }
    #subscribeBatch(subscriptions) {
        const current = new Map(subscriptions.map((one) => [one, this.#asking(one)]));
        const topics = subscriptions.map((one) => one.target.topic);
        const options = subscriptions.map(entry).filter((one) => one !== undefined);
        const payload = { topics, ...(options.length > 0 && { options }) };
        this.#requests.ask('subscribe', payload, (error, frame) => {
            const answers = new Map(resultsOf(frame).map((answer) => [answer.topic, answer]));
            for (const subscription of subscriptions) {
                if (!current.get(subscription)?.())
                    continue;
                const answer = answers.get(subscription.target.topic);
                if (answer)
                    this.#answered(subscription, answer);
                else
                    this.#failed(subscription, error ?? new Error('the answer leaves the topic out'));
            }
        });
    }
    /** Notes that a topic is asked for; the answer says whether that is still the last question. */
    #asking(subscription) {
        subscription.stage = 'asked';
        const asked = ++subscription.asked;
        return () => subscription.stage === 'asked' && subscription.asked === asked;
    }
    #answered(subscription, answer) {
        if (answer.status === 'refused') {
            const { code, retryable } = answer.error ?? { code: 'forbidden', retryable: false };
            this.#failed(subscription, refusal(code, answer.message, retryable));
            return;
        }
        this.#retries.delete(subscription);
        const resumed = answer.recovered === true;
        subscription.live(answer.epoch, answer.seq, resumed);
        if (answer.recovered === false) {
            const reason = answer.reason ?? 'epoch_changed';
            subscription.notify({ type: 'notice', notice: 'not_recovered', reason });
        }
    }
    #failed(subscription, error) {
        const final = error instanceof InvalidFrameError || (error instanceof RequestError && !error.retryable);
        if (final) {
            this.#topics.delete(subscription.target.topic);
            subscription.end('refused', error);
            return;
        }
        // After a lost connection everything is asked for anyway, once there is another one.
        if (!this.#open)
            return;
        let backoff = this.#retries.get(subscription);
        if (!backoff)
            this.#retries.set(subscription, (backoff = new Backoff(this.#clock, this.#backoff)));
        const told = error instanceof RequestError ? error.retryAfter : undefined;
        const delay = backoff.next('reconnect', told);
        subscription.stage = 'paused';
        subscription.cancel = this.#clock.after(delay, () => this.#want(subscription));
        subscription.notify({ type: 'notice', notice: 'retrying', delay, error });
    }
    /** Lists of as many as one frame may have, by number and by size. */
    *#chunks(items, written) {
        // What surrounds the topics in a frame takes less than this.
        const room = this.#requests.maxFrameBytes - 200;
        let chunk = [];
        let size = 0;
        for (const item of items) {
            const more = bytes(JSON.stringify(written(item)) ?? '') + 2;
            if (chunk.length > 0 && (chunk.length >= this.#batch || size + more > room)) {
                yield chunk;
                chunk = [];
                size = 0;
            }
            chunk.push(item);
            size += more;
        }
        if (chunk.length > 0)
            yield chunk;
    }
}
/** What a subscribe says beside the topic. */
function wishes(subscription) {
    const { position, target } = subscription;
    const history = target.options.history;
    return { ...(position && { since: position }), ...(history !== undefined && { history }) };
}
/** The same as an entry of `options` of a batch. */
function entry(subscription) {
    const wished = wishes(subscription);
    return Object.keys(wished).length > 0 ? { topic: subscription.target.topic, ...wished } : undefined;
}
function resultsOf(frame) {
    const results = isObject(frame?.payload) ? frame.payload['results'] : undefined;
    return Array.isArray(results) ? results : [];
}
/** A refusal that came without an `error` frame of its own. */
function refusal(code, message, retryable) {
    return new RequestError({ severity: 'business_logic_error', code, message, retryable, details: [] });
}
/** A client of a contract, with a method for each request and each family of topics. */
export function createClient(contract, url, options = {}) {
    const client = new ContractClient(contract, url, options);
    const methods = {};
    for (const [method, { type }] of Object.entries(contract.requests)) {
        methods[method] = (payload, settings) => client.request(type, payload ?? {}, settings);
    }
    for (const [method, family] of Object.entries(contract.families)) {
        methods[method] = (params, settings) => client.topic(family, params ?? {}, settings);
    }
    return Object.assign(client, methods);
}
/** How many clients there have been. */
let clients = 0;
class ContractClient {
    id = ++clients;
    connection;
    #contract;
    #options;
    #clock;
    #validator;
    #requests;
    #subscriptions;
    #pushes = new Map();
    #topicFrames = new Map();
    #play;
    #offline;
    #closed;
    #opened = 0;
    #unknownTypes = 0;
    #invalidFrames = 0;
    constructor(contract, url, options) {
        this.#contract = contract;
        this.#options = options;
        this.#clock = options.clock ?? systemClock;
        this.#validator = new Validator(contract);
        this.#requests = new Exchange(contract, this.#validator, this.#clock, options.timeout);
        this.#subscriptions = new Subscriptions(contract, this.#requests, this.#clock, options.backoff);
        for (const { update, snapshot } of Object.values(contract.families)) {
            this.#topicFrames.set(update, 'update');
            if (snapshot !== undefined)
                this.#topicFrames.set(snapshot, 'snapshot');
        }
        const { token, offline } = options;
        if (offline)
            this.#play = offline === true ? {} : offline;
        this.connection = new Connection({
            contract,
            url: this.#play?.when === 'always' ? String(url) : socketAddress(url),
            socket: () => socketClass(options.WebSocket),
            token: typeof token === 'string' ? () => token : token,
            clock: this.#clock,
            backoff: options.backoff,
            requests: this.#requests,
            opened: (link) => this.#open(link),
            lost: () => this.#lost(),
            ended: (error) => this.#ended(error),
            received: (data) => this.#read(data),
            failed: (error) => this.failed(error),
        });
        if (Symbol.asyncDispose)
            this[Symbol.asyncDispose] = () => this.close();
        if (!options.lazy)
            this.open();
    }
    get counters() {
        return {
            unknownTypes: this.#unknownTypes,
            invalidFrames: this.#invalidFrames,
            ...this.#subscriptions.counters,
            reconnects: Math.max(0, this.#opened - 1),
        };
    }
    open() {
        if (this.connection.state.state !== 'idle')
            return;
        if (this.#play?.when === 'always') {
            this.#offline = this.#player(this.#play);
            this.connection.offline(this.#offline.link);
        }
        else {
            // Without a WebSocket this throws at once, where the mistake is.
            socketClass(this.#options.WebSocket);
            this.connection.start();
        }
    }
    on(type, listener) {
        let listeners = this.#pushes.get(type);
        if (!listeners)
            this.#pushes.set(type, (listeners = new Emitter()));
        return listeners.add(listener);
    }
    request(type, payload, options) {
        if (this.#closed)
            return Promise.reject(this.#closed);
        this.open();
        return this.#requests.request(type, payload, options);
    }
    /** A topic of a family; throws where the parameters break the contract. */
    topic(family, params, options = {}) {
        const payload = isObject(params) ? params : {};
        const violations = this.#validator.frame({ type: family.subscribe, ...{ payload: { ...payload, ...options } } });
        if (violations.length > 0) {
            throw new InvalidFrameError(`${family.subscribe} does not satisfy the contract`, violations);
        }
        return topicOf(this, { family, params: payload, options, topic: topicName(family, payload) });
    }
    join(target, item, enter) {
        if (!this.#closed)
            this.open();
        const leave = this.#subscriptions.join(target, item, enter);
        // A closed client tells it as it told the others when it was closed.
        if (this.#closed)
            this.#subscriptions.closed(this.#closed);
        return leave;
    }
    find(topic) {
        return this.#subscriptions.find(topic);
    }
    failed(error) {
        (this.#options.onError ?? console.error)(error);
    }
    async close() {
        this.connection.close();
    }
    #open(link) {
        if (this.#offline && this.connection.state.state === 'open') {
            this.#offline.stop();
            this.#offline = undefined;
            this.#subscriptions.lost();
            this.#requests.lost();
            this.#subscriptions.forget('live updates replace what was played offline');
        }
        this.#opened += 1;
        this.#requests.opened(link);
        this.#subscriptions.opened();
        this.#requests.release();
    }
    #lost() {
        if (this.#offline)
            return;
        this.#subscriptions.lost();
        this.#requests.lost();
        // Only until the first connection: afterwards examples would mix with what is real.
        if (!this.#play || this.#opened > 0 || this.connection.state.state === 'closed')
            return;
        this.#offline = this.#player(this.#play);
        this.#requests.opened(this.#offline.link);
        this.#subscriptions.opened();
        this.#requests.release();
    }
    #ended(error) {
        // A refused token is the cause; it is not what the server said to these requests.
        this.#closed =
            error instanceof ClosedError ? error : new ClosedError(error?.message ?? 'the client is closed', undefined, error);
        this.#offline?.stop();
        this.#offline = undefined;
        this.#requests.closed(this.#closed);
        this.#subscriptions.closed(error && this.#closed);
    }
    #player(play) {
        return new Offline(this.#contract, play, this.#clock, (frame) => this.#received(frame, frame));
    }
    #read(data) {
        let frame;
        try {
            frame = JSON.parse(data);
        }
        catch {
            this.#invalid(new InvalidAnswerError('the server sent no JSON'), data);
            return;
        }
        if (isObject(frame) && typeof frame['type'] === 'string')
            this.#received(frame, data);
        else
            this.#invalid(new InvalidAnswerError('the server sent JSON that is no frame'), data);
    }
    #received(frame, data) {
        const { type } = frame;
        if (!this.#contract.messages[type]) {
            this.#unknownTypes += 1;
            return;
        }
        const kind = this.#topicFrames.get(type);
        const violations = this.#options.validateIncoming ? this.#validator.frame(frame) : malformed(frame, kind);
        const problem = violations.length > 0 ? new InvalidAnswerError(`${type} of the server is invalid`, violations) : undefined;
        if (problem)
            this.#invalid(problem, data);
        if (kind) {
            const { topic, seq } = frame;
            if (topic !== undefined && Number.isInteger(seq)) {
                this.#subscriptions.received({ ...frame, topic, seq: seq }, kind === 'snapshot', !problem);
            }
        }
        else if (!this.#requests.answered(frame, problem) && !problem && !this.#requests.asked(frame)) {
            this.#pushed(frame);
        }
    }
    #invalid(error, data) {
        this.#invalidFrames += 1;
        this.#options.onInvalidFrame?.(error, data);
    }
    /** A frame that nobody asked for: what it means to the client itself, and then who listens. */
    #pushed(frame) {
        const payload = frame.payload;
        switch (frame.type) {
            case 'welcome': {
                const limits = payload['limits'];
                this.#requests.maxFrameBytes = limits?.max_frame_bytes ?? Infinity;
                this.connection.welcomed(payload['heartbeat_interval_ms']);
                break;
            }
            case 'topic.reset':
                this.#subscriptions.reset(frame.payload);
                break;
            case 'shutdown':
                this.connection.shutdown(Number(payload['reconnect_after_ms']) || 0);
                break;
            case 'error':
                this.connection.pause(Number(payload['retry_after_ms']) || 0);
                break;
            case 'token.expiring':
                void this.connection.refresh();
                break;
        }
        this.#pushes.get(frame.type)?.emit(frame.payload, frame);
    }
}
