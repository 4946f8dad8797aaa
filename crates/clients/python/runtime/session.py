"""One connection, from its first frame to its last.

Frames are handled synchronously, one after the other, in `_read`. What is sent waits in a queue,
which `_write` empties. The first of them that ends, ends the session.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from .contract import Contract, Frame
from .errors import InvalidFrame, ServerError, TickwireError, Violation, misshapen
from .events import Stats
from .topics import Answered, Topics
from .transport import Transport, TransportClosed
from .validation import Validator

BUSY: Final = 1.0
"""Seconds to stay away from a server that takes no token for now and does not say how long."""

HEARTBEAT: Final = 30.0
"""Seconds; the server's interval where its `welcome` does not say."""

QUEUE: Final = 4096
"""Frames that may wait to be sent. A server that takes none of them for so long is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a session ended."""

    reason: str
    code: int | None = None
    final: TickwireError | None = None
    """Set when another connection would end in the same way."""


class Owner(Protocol):
    """What a session tells the client that it belongs to."""

    def opened(self, session: Session) -> None:
        """Requests can be sent."""

    def pushed(self, wire_type: str, payload: Frame) -> None:
        """A frame came that belongs to no topic and no request."""

    def invalid(self, error: InvalidFrame) -> None:
        """A frame came that breaks the contract."""

    def wait_at_least(self, seconds: float) -> None:
        """The server does not want to see this client sooner."""

    def restarts(self, seconds: float) -> None:
        """The server is about to stop; come back so long after the connection has ended."""

    async def fresh_token(self) -> str:
        """A token that was not used before."""
        ...


class Session:
    """One connection of a client."""

    def __init__(
        self,
        owner: Owner,
        contract: Contract,
        transport: Transport,
        topics: Topics,
        stats: Stats,
        *,
        token: str | None,
        timeout: float,
        validator: Validator | None,
    ) -> None:
        self._owner = owner
        self._contract = contract
        self._transport = transport
        self._topics = topics
        self._stats = stats
        self._token = token
        self._timeout = timeout
        self._validator = validator
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[Ending] = self._loop.create_future()
        self._outgoing: asyncio.Queue[str] = asyncio.Queue(QUEUE)
        self._pending: dict[str, Answered] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._next_id = 0
        self._heartbeat = HEARTBEAT
        self._heard = self._loop.time()
        self._alive: asyncio.TimerHandle | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._is_open = False
        self._welcomed = "welcome" not in contract.incoming
        self._admitted = token is None
        self.max_frame_bytes: int | None = None

    async def run(self) -> Ending:
        """Speaks until the connection ends. May be cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                speaking = [tasks.create_task(self._read()), tasks.create_task(self._write())]
                self._watch()
                if self._token is not None:
                    self.ask("auth", {"token": self._token}, self._admit)
                self._open_if_ready()
                ending = await self._ended
                for task in speaking:
                    task.cancel()
                return ending
        finally:
            for timer in self._timers.values():
                timer.cancel()
            if self._alive is not None:
                self._alive.cancel()

    # --------------------------------------------------------------------------------- sending --

    def send(self, wire_type: str, payload: Frame, answered: Answered) -> str:
        """Sends a request, and gives the `msg_id` under which its answer is expected."""
        self._next_id += 1
        msg_id = str(self._next_id)
        text = encode({"type": wire_type, "msg_id": msg_id, "payload": payload})
        try:
            self._outgoing.put_nowait(text)
        except asyncio.QueueFull:
            self._end(Ending(reason="the server takes no frames"))
        self._pending[msg_id] = answered
        return msg_id

    def forget(self, msg_id: str) -> None:
        """Nobody waits for this answer any more."""
        self._pending.pop(msg_id, None)

    def ask(self, wire_type: str, payload: Frame, answered: Answered) -> None:
        """Sends a request of the client's own. Without an answer in time the connection is given
        up, since nobody knows what the server believes."""

        def in_time(answer: Frame | InvalidFrame) -> None:
            self._timers.pop(msg_id).cancel()
            answered(answer)

        msg_id = self.send(wire_type, payload, in_time)
        ending = Ending(reason=f"no answer to {wire_type}")
        self._timers[msg_id] = self._loop.call_later(self._timeout, self._end, ending)

    async def _write(self) -> None:
        with contextlib.suppress(TransportClosed):
            while True:
                await self._transport.send(await self._outgoing.get())
        # Why it was closed is what `_read` finds.

    # ------------------------------------------------------------------------------- receiving --

    async def _read(self) -> None:
        try:
            while True:
                text = await self._transport.receive()
                self._heard = self._loop.time()
                self._frame(text)
        except TransportClosed as closed:
            self._end(Ending(reason=closed.reason, code=closed.code))

    def _frame(self, text: str | bytes) -> None:
        frame: Frame = {}
        try:
            frame = decode(text)
            self._dispatch(frame)
        except InvalidFrame as error:
            self._invalid(frame, error)
        except (KeyError, TypeError, ValueError) as error:
            self._invalid(frame, InvalidFrame(str(frame.get("type", "")), (misshapen(error),)))

    def _dispatch(self, frame: Frame) -> None:
        wire_type = frame.get("type")
        if not isinstance(wire_type, str) or not isinstance(frame.get("payload"), dict):
            raise InvalidFrame("", (Violation("", "no `type` or no `payload`"),))
        schema = self._contract.incoming.get(wire_type)
        if schema is None:
            self._stats.unknown_types += 1
            return
        if self._validator is not None:
            violations = self._validator.violations(schema, frame)
            if violations:
                raise InvalidFrame(wire_type, violations)
        if self._topics.carries(wire_type):
            self._topics.frame(frame)
        elif not self._answer(frame):
            self._push(wire_type, frame["payload"])

    def _answer(self, frame: Frame) -> bool:
        waiting = self._pending.pop(frame.get("msg_id", ""), None)
        if waiting is None:
            # An answer to nobody: its request has given up.
            return frame["type"] not in self._contract.pushes
        waiting(frame)
        return True

    def _push(self, wire_type: str, payload: Frame) -> None:
        match wire_type:
            case "welcome":
                self._heartbeat = payload["heartbeat_interval_ms"] / 1000
                self.max_frame_bytes = payload["limits"]["max_frame_bytes"]
                self._watch()
                self._welcomed = True
            case "topic.reset":
                self._topics.reset(payload)
            case "shutdown":
                self._owner.restarts(payload["reconnect_after_ms"] / 1000)
            case "token.expiring" if self._token is not None and self._tasks is not None:
                self._tasks.create_task(self._refresh())
            case "error" if "retry_after_ms" in payload:
                self._owner.wait_at_least(payload["retry_after_ms"] / 1000)
            case _:
                pass
        self._owner.pushed(wire_type, payload)
        self._open_if_ready()

    def _invalid(self, frame: Frame, error: InvalidFrame) -> None:
        self._stats.invalid_frames += 1
        self._topics.damaged(frame)
        waiting = self._pending.pop(str(frame.get("msg_id", "")), None)
        if waiting is not None:
            # Whoever waits shall know, and not wait for a second answer.
            waiting(error)
        self._owner.invalid(error)

    # ------------------------------------------------------------------- opening, token, silence --

    def _open_if_ready(self) -> None:
        if self._welcomed and self._admitted and not self._is_open:
            self._is_open = True
            self._owner.opened(self)
            self._topics.connected(self)

    def _admit(self, answer: Frame | InvalidFrame) -> None:
        error = _refusal(answer)
        if error is None:
            self._admitted = True
            self._open_if_ready()
        elif isinstance(error, ServerError) and error.retryable:
            # Too many at the moment, by which the token is no worse: another connection may do.
            after = error.retry_after
            self._owner.wait_at_least(BUSY if after is None else after)
            self._end(Ending(reason=error.message))
        else:
            self._refused(error)

    def _accept(self, answer: Frame | InvalidFrame) -> None:
        error = _refusal(answer)
        # Refused for now, the old token is as good as it was.
        if error is not None and not (isinstance(error, ServerError) and error.retryable):
            self._refused(error)

    def _refused(self, error: ServerError | InvalidFrame) -> None:
        final = error if isinstance(error, ServerError) else None
        self._end(Ending(reason=str(error) if final is None else final.message, final=final))

    async def _refresh(self) -> None:
        try:
            token = await self._owner.fresh_token()
        except Exception as error:
            # This connection goes on until the old token ends. The next one asks again.
            self._loop.call_exception_handler(
                {"message": "the token function failed", "exception": error}
            )
        else:
            self.ask("auth.refresh", {"token": token}, self._accept)

    def _watch(self) -> None:
        if self._alive is not None:
            self._alive.cancel()
        self._alive = self._loop.call_at(self._heard + 2 * self._heartbeat, self._silent)

    def _silent(self) -> None:
        """Nothing came for two intervals, if it is true."""
        if self._heard + 2 * self._heartbeat > self._loop.time():
            self._watch()
        elif self._tasks is not None:
            self._ping(self._tasks)
            self._alive = self._loop.call_later(self._heartbeat, self._still_silent)

    def _ping(self, tasks: asyncio.TaskGroup) -> None:
        if "ping" in self._contract.outgoing:
            self.send("ping", {}, lambda _: None)
        else:
            tasks.create_task(self._websocket_ping())

    async def _websocket_ping(self) -> None:
        with contextlib.suppress(TransportClosed):
            await self._transport.ping()
            self._heard = self._loop.time()

    def _still_silent(self) -> None:
        if self._heard + 3 * self._heartbeat > self._loop.time():
            self._watch()
        else:
            self._end(Ending(reason="nothing was heard from the server"))

    def _end(self, ending: Ending) -> None:
        if not self._ended.done():
            self._ended.set_result(ending)


def encode(frame: Frame) -> str:
    """A frame as text."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def decode(text: str | bytes) -> Frame:
    """Text as a JSON object. Raises `InvalidFrame` for what is none."""
    try:
        frame = json.loads(text, parse_constant=_refuse) if isinstance(text, str) else None
    except (ValueError, RecursionError) as error:
        raise InvalidFrame("", (Violation("", f"not JSON: {error}"),)) from error
    if not isinstance(frame, dict):
        raise InvalidFrame("", (Violation("", "not a text frame of one JSON object"),))
    return cast(dict[str, Any], frame)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _refusal(answer: Frame | InvalidFrame) -> ServerError | InvalidFrame | None:
    """Why a token was not taken."""
    if isinstance(answer, InvalidFrame):
        return answer
    return ServerError.from_payload(answer["payload"]) if answer["type"] == "error" else None
