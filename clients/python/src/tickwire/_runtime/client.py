"""Connections one after the other, and requests."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

from .contract import Answer, Contract, Event, Family, Frame, Item, Request
from .errors import (
    ClientClosed,
    ConnectionLost,
    InvalidAnswer,
    InvalidFrame,
    RequestTimeout,
    ServerError,
    TickwireError,
    Violation,
    misshapen,
)
from .events import ConnectionState, Position, State, Stats, logger
from .model import to_json
from .offline import Offline, with_offline
from .retry import REFUSED_STATUS, STOP, Backoff
from .session import Ending, Session, encode
from .subscription import Subscription, call
from .topics import Topics
from .transport import HandshakeRefused, Open, open_websocket
from .validation import Validator

Token: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""A token, or a function that gives one, asked anew for each connection."""


class BaseClient:
    """What the client of every contract can do. The generated class adds a method for each request
    and topic family.

    Used by `async with`, which starts it. It then connects, and connects again when the connection
    is lost, until it is closed or the server says to stop. All of it runs in one task, which ends
    with the `async with`.
    """

    def __init__(
        self,
        contract: Contract,
        url: str,
        *,
        token: Token | None,
        timeout: float,
        backoff: Backoff,
        validate_incoming: bool,
        buffer: int,
        offline: Offline | None = None,
        open: Open = open_websocket,
    ) -> None:
        if not url.startswith(("ws://", "wss://")):
            raise ValueError(f"{url!r} is not the address of a WebSocket: it begins with ws://")
        if token is not None and "auth" not in contract.outgoing:
            raise ValueError(f"the contract {contract.title!r} has no `auth`, so a token is no use")
        self.url = url
        """Where the server is."""
        self.stats = Stats()
        """Counters of this client's whole life."""
        self._contract = contract
        self._token = token
        self._timeout = timeout
        self._backoff = backoff
        self._validator = Validator(contract.schemas)
        self._validate_incoming = validate_incoming
        self._buffer = buffer
        self._open = open if offline is None else with_offline(open, contract, offline)
        self._topics = Topics(contract, backoff, self.stats)
        self._state = ConnectionState(state="connecting")
        self._on_state: dict[object, Callable[[ConnectionState], object]] = {}
        self._on_invalid: dict[object, Callable[[InvalidFrame], object]] = {}
        self._on_push: dict[str, dict[object, Callable[[Any], object]]] = {}
        self._session: Session | None = None
        self._changed = asyncio.Event()
        self._waiting: dict[asyncio.Future[Frame], None] = {}
        self._not_before = 0.0
        self._after_restart = 0.0
        self._opened_at: float | None = None
        self._runner: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------------------ its lifetime --

    async def __aenter__(self) -> Self:
        if self._runner is not None:
            raise RuntimeError("a client is used once: make another one")
        self._runner = asyncio.get_running_loop().create_task(self._run(), name=f"{self.url}")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connection for good. Requests fail, loops over subscriptions end.

        Raises what the client itself broke by, if that is why it is closed.
        """
        runner = self._runner
        if runner is None:
            return
        runner.cancel()
        # `wait` does not take the runner's cancellation for ours.
        await asyncio.wait((runner,))
        if not runner.cancelled() and (error := runner.exception()) is not None:
            raise error

    async def _run(self) -> None:
        error: TickwireError | None = None
        try:
            error = await self._connect_until_final()
        except asyncio.CancelledError:
            self._enter(ConnectionState(state="closed"))
            raise
        except Exception as broken:
            error = ClientClosed(f"the client broke: {broken!r}")
            self._enter(ConnectionState(state="closed", error=broken))
            raise
        finally:
            self._lose(lambda: _closed(error))
            self._topics.end(error)

    async def _connect_until_final(self) -> ClientClosed:
        attempt = 1
        while True:
            self._enter(ConnectionState(state="connecting", attempt=attempt))
            state = await self._connect_once()
            if self._lasted():
                attempt = 1
            if isinstance(state.error, ClientClosed):
                self._enter(state)
                return state.error
            left = self._not_before - asyncio.get_running_loop().time()
            at_least = max(left, self._after_restart)
            delay = self._backoff.delay(attempt, code=state.code, at_least=at_least)
            self._enter(replace(state, attempt=attempt, delay=delay))
            await asyncio.sleep(delay)
            attempt += 1

    def _lasted(self) -> bool:
        opened, self._opened_at = self._opened_at, None
        now = asyncio.get_running_loop().time()
        return opened is not None and now - opened >= self._backoff.cap

    async def _connect_once(self) -> ConnectionState:
        """Connects, and speaks until the connection ends. How it stands afterwards."""
        self._not_before = self._after_restart = 0.0
        try:
            token = None if self._token is None else await self.fresh_token()
        except Exception as error:
            return self._failed(f"the token function failed: {error!r}", error)
        try:
            async with asyncio.timeout(self._timeout):
                transport = await self._open(self.url)
        except HandshakeRefused as error:
            if error.status in REFUSED_STATUS:
                closed = ClientClosed(str(error), status=error.status)
                return ConnectionState(state="closed", status=error.status, error=closed)
            if error.retry_after is not None:
                self.wait_at_least(error.retry_after)
            return replace(self._failed(str(error), error), status=error.status)
        except (OSError, TimeoutError) as error:
            return self._failed(str(error) or "the server did not answer in time", error)
        try:
            ending = await Session(
                self,
                self._contract,
                transport,
                self._topics,
                self.stats,
                token=token,
                timeout=self._timeout,
                validator=self._validator if self._validate_incoming else None,
            ).run()
        except asyncio.CancelledError:
            # The user closes: this is not a loss that a retry could mend.
            self._lose(lambda: _closed(None))
            raise
        finally:
            self._topics.disconnected()
            self._lose(lambda: ConnectionLost("the connection was lost before the answer came"))
            await transport.close()
        return self._after(ending)

    def _failed(self, reason: str, error: Exception) -> ConnectionState:
        logger.warning("%s: %s", self.url, reason)
        return ConnectionState(state="waiting", error=error)

    def _after(self, ending: Ending) -> ConnectionState:
        said = f" with {ending.code}" if ending.code is not None else ""
        reason = f"the connection ended{said}: {ending.reason or 'without a reason'}"
        if ending.final is not None or ending.code in STOP:
            closed = ClientClosed(reason, code=ending.code)
            closed.__cause__ = ending.final
            return ConnectionState(state="closed", code=ending.code, error=closed)
        logger.warning("%s: %s", self.url, reason)
        lost = ConnectionLost(reason, code=ending.code)
        return ConnectionState(state="waiting", code=ending.code, error=lost)

    def _lose(self, error: Callable[[], TickwireError]) -> None:
        self._session = None
        waiting, self._waiting = self._waiting, {}
        for answer in waiting:
            if not answer.done():
                answer.set_exception(error())

    # --------------------------------------------------------------------------- its connection --

    @property
    def state(self) -> State:
        """`connecting`, `open`, `waiting` (for the next attempt) or `closed`."""
        return self._state.state

    def on_state(self, callback: Callable[[ConnectionState], object]) -> Callable[[], None]:
        """Calls `callback` with every change of the connection, and gives a function that ends it."""
        return _register(self._on_state, callback)

    def on_invalid_frame(self, callback: Callable[[InvalidFrame], object]) -> Callable[[], None]:
        """Calls `callback` with every frame of the server that breaks the contract."""
        return _register(self._on_invalid, callback)

    def on_push(self, wire_type: str, callback: Callable[[Any], object]) -> Callable[[], None]:
        """Calls `callback` with every push of this type; the generated `on` says which there are."""
        return _register(self._on_push.setdefault(wire_type, {}), callback)

    def _enter(self, state: ConnectionState) -> None:
        self._state = state
        self._changed.set()
        self._changed = asyncio.Event()
        for callback in tuple(self._on_state.values()):
            call(callback, state)

    # What a session tells.

    def opened(self, session: Session) -> None:
        """Requests can be sent."""
        self.stats.connections += 1
        self.stats.reconnects = self.stats.connections - 1
        self._opened_at = asyncio.get_running_loop().time()
        self._session = session
        self._enter(ConnectionState(state="open"))

    def pushed(self, wire_type: str, payload: Frame) -> None:
        callbacks = self._on_push.get(wire_type)
        if callbacks:
            notice = self._contract.pushes[wire_type](payload)
            for callback in tuple(callbacks.values()):
                call(callback, notice)

    def invalid(self, error: InvalidFrame) -> None:
        logger.warning("%s: %s", self.url, error)
        for callback in tuple(self._on_invalid.values()):
            call(callback, error)

    def wait_at_least(self, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        self._not_before = max(self._not_before, now + seconds)

    def restarts(self, seconds: float) -> None:
        self._after_restart = seconds

    async def fresh_token(self) -> str:
        if self._token is None or isinstance(self._token, str):
            return self._token or ""
        token = self._token()
        return await token if inspect.isawaitable(token) else token

    # --------------------------------------------------------------------------------- asking --

    async def request(
        self, wire_type: str, payload: Mapping[str, Any], *, timeout: float | None = None
    ) -> Frame:
        """Sends a request by its wire type, and gives the payload of the answer, both untyped.

        The generated methods do the same with types.

        Raises `InvalidFrame` before anything is sent, `ServerError`, `RequestTimeout`,
        `ConnectionLost`, `InvalidAnswer` or `ClientClosed`.
        """
        body: Frame = to_json(payload)
        self._validate(wire_type, body)
        seconds = self._timeout if timeout is None else timeout
        try:
            async with asyncio.timeout(seconds):
                session = await self._opened()
                return await self._ask(session, wire_type, body)
        except TimeoutError as error:
            where = "" if self._session is not None else f" (the connection is {self.state})"
            why = f"{wire_type}: no answer within {seconds:g} s{where}"
            raise RequestTimeout(why) from self._state.error or error

    async def send_request(
        self, request: Request[Answer], payload: Mapping[str, Any], timeout: float | None
    ) -> Answer:
        """A request of the contract; `None` in `payload` is left out."""
        given = {name: value for name, value in payload.items() if value is not None}
        answer = await self.request(request.type, given, timeout=timeout)
        try:
            return request.decode(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidAnswer(request.reply, (misshapen(error),)) from error

    async def _opened(self) -> Session:
        while self._session is None:
            if self._runner is None:
                raise RuntimeError("use the client by `async with`, which connects it")
            if self._runner.done() or self.state == "closed":
                raise _closed(self._state.error)
            await self._changed.wait()
        return self._session

    async def _ask(self, session: Session, wire_type: str, payload: Frame) -> Frame:
        if session.max_frame_bytes is not None:
            self._fits(wire_type, payload, session.max_frame_bytes)
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()

        def answered(frame: Frame | InvalidFrame) -> None:
            if answer.done():
                return
            if isinstance(frame, InvalidFrame):
                answer.set_exception(InvalidAnswer(frame.wire_type, frame.violations))
            elif frame["type"] == "error":
                answer.set_exception(ServerError.from_payload(frame["payload"]))
            else:
                answer.set_result(frame["payload"])

        self._waiting[answer] = None
        msg_id = session.send(wire_type, payload, answered)
        try:
            return await answer
        finally:
            session.forget(msg_id)
            self._waiting.pop(answer, None)

    def _validate(self, wire_type: str, payload: Frame) -> None:
        schema = self._contract.outgoing.get(wire_type)
        if schema is None:
            raise InvalidFrame(wire_type, (Violation("/type", "the contract has no such type"),))
        frame = {"type": wire_type, "payload": payload}
        violations = self._validator.violations(schema, frame)
        if violations:
            raise InvalidFrame(wire_type, violations)

    def _fits(self, wire_type: str, payload: Frame, limit: int) -> None:
        size = len(encode({"type": wire_type, "msg_id": "1" * 20, "payload": payload}).encode())
        if size > limit:
            what = Violation("", f"{size} bytes are more than the server takes, {limit}")
            raise InvalidFrame(wire_type, (what,))

    def follow(
        self,
        family: Family[Item, Event],
        values: Mapping[str, object],
        *,
        history: int | None = None,
        since: Position | None = None,
    ) -> Subscription[Item, Event]:
        """A topic of a family. Raises `InvalidFrame` for values that no topic has."""
        payload = family.payload(values)
        if history is not None:
            payload["history"] = history
        if since is not None:
            payload["since"] = {"epoch": since.epoch, "seq": since.seq}
        wire_type = family.subscribe[0]
        self._validate(wire_type, payload)
        return Subscription(
            self._topics,
            family,
            values,
            history=history,
            since=since,
            buffer=self._buffer,
        )


def _closed(error: Exception | None) -> ClientClosed:
    """A new one for each who asks, since each raises it with a traceback of its own."""
    if isinstance(error, ClientClosed):
        again = ClientClosed(str(error), code=error.code, status=error.status)
        again.__cause__ = error.__cause__
        return again
    return ClientClosed("the client is closed")


Callback = TypeVar("Callback")


def _register(callbacks: dict[object, Callback], callback: Callback) -> Callable[[], None]:
    # Whoever registers a callback twice hears everything twice, until each is removed.
    key = object()
    callbacks[key] = callback

    def remove() -> None:
        callbacks.pop(key, None)

    return remove
