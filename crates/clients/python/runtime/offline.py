"""Plays a contract in place of a server that is not there, from the contract's examples or from
functions of the user: for demonstrations, and for the time before there is a server."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from .contract import Contract, Family, Frame
from .retry import REFUSED_STATUS
from .transport import HandshakeRefused, Open, Transport, TransportClosed

EPOCH: Final = "offline"

PROBE: Final = 3.0
"""Seconds that a server may take to answer, and between two looks for it while the contract is played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """What is played, and when."""

    when: Literal["until_open", "always"] = "until_open"
    """`until_open`: while there has been no connection yet. `always`: none is made."""
    interval: float = 1.0
    """Seconds between two updates of a topic."""
    update: Callable[[str, int], Mapping[str, Any] | None] | None = None
    """The payload of a topic's next update, as on the wire, or nothing for now; the number counts from 0.
    Instead of the examples."""
    answer: Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None] | None = None
    """The payload of the answer to a request. `None` means the example's."""


def with_offline(open: Open, contract: Contract, how: Offline) -> Open:
    """Opens a connection to the server, or to a player of the contract when there is none."""
    reached = False

    async def opened(url: str) -> Transport:
        nonlocal reached
        if how.when == "always":
            return Player(contract, how)
        if reached:
            return await open(url)
        try:
            async with asyncio.timeout(PROBE):
                transport = await open(url)
        except HandshakeRefused as refused:
            # There is a server, and it has said no.
            if refused.status in REFUSED_STATUS:
                raise
        except (OSError, TimeoutError):
            pass
        else:
            reached = True
            return transport
        return Player(contract, how, lambda: open(url))

    return opened


class Player:
    """A `Transport` that answers by itself. With `probe`, it ends when that finds a server."""

    def __init__(
        self,
        contract: Contract,
        how: Offline,
        probe: Callable[[], Any] | None = None,
    ) -> None:
        self._contract = contract
        self._how = how
        self._loop = asyncio.get_running_loop()
        self._out: asyncio.Queue[str | TransportClosed] = asyncio.Queue()
        self._playing: dict[str, _Topic] = {}
        self._probing = None if probe is None else self._loop.create_task(self._look(probe))
        welcome = self._examples("welcome")
        if welcome:
            self._put(welcome[0])

    async def send(self, text: str) -> None:
        self._answer(json.loads(text))

    async def receive(self) -> str:
        message = await self._out.get()
        if isinstance(message, TransportClosed):
            raise message
        return message

    async def ping(self) -> None: ...

    async def close(self) -> None:
        for topic in self._playing.values():
            topic.stop()
        self._playing.clear()
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait((self._probing,))

    async def _look(self, probe: Callable[[], Any]) -> None:
        while True:
            await asyncio.sleep(PROBE)
            try:
                async with asyncio.timeout(PROBE):
                    transport = await probe()
            except (OSError, TimeoutError, HandshakeRefused):
                continue
            await transport.close()
            self._out.put_nowait(TransportClosed(None, "there is a server now"))
            return

    def _answer(self, request: Frame) -> None:
        wire_type: str = request["type"]
        payload: Frame = request["payload"]
        for family in self._contract.families:
            if wire_type == family.subscribe[0]:
                self._reply(request, family.subscribe[1], self._join(_named(family, request)))
                return
            if wire_type == family.unsubscribe[0]:
                self._reply(request, family.unsubscribe[1], self._leave(_named(family, request)))
                return
        match wire_type:
            case "subscribe":
                results = [self._join(topic) for topic in payload["topics"]]
                self._reply(request, "subscription_confirmed", {"results": results})
            case "unsubscribe":
                results = [self._leave(topic) for topic in payload["topics"]]
                self._reply(request, "unsubscription_confirmed", {"results": results})
            case _:
                own = None if self._how.answer is None else self._how.answer(wire_type, payload)
                reply = self._contract.replies[wire_type]
                self._reply(request, reply, self._example(request, reply) if own is None else own)

    def _example(self, request: Frame, reply: str) -> Frame:
        """The answer of the example that asks the same, or else the first one."""
        answers = self._examples(reply)
        asked = self._examples(request["type"])
        same = [frame.get("msg_id") for frame in asked if frame["payload"] == request["payload"]]
        chosen = [answer for answer in answers if answer.get("msg_id") in same] or answers
        payload: Frame = chosen[0]["payload"]
        return payload

    def _join(self, name: str) -> Frame:
        found = self._found(name)
        if found is None:
            error = {"code": "invalid_topic", "retryable": False}
            return {"topic": name, "status": "refused", "message": "no such topic", "error": error}
        topic = self._playing.get(name)
        status = "subscribed" if topic is None else "already_subscribed"
        if topic is None:
            topic = self._playing[name] = _Topic(name, *found)
            self._next(topic, 0.0)
        told = {"status": status, "message": "played offline", "epoch": EPOCH, "seq": topic.seq}
        return {"topic": name, **told}

    def _leave(self, name: str) -> Frame:
        topic = self._playing.pop(name, None)
        if topic is not None:
            topic.stop()
        status = "not_subscribed" if topic is None else "unsubscribed"
        return {"topic": name, "status": status, "message": "played offline"}

    def _next(self, topic: _Topic, delay: float) -> None:
        topic.timer = self._loop.call_later(delay, self._play, topic)

    def _play(self, topic: _Topic) -> None:
        family = topic.family
        if self._how.update is not None:
            own = self._how.update(topic.name, topic.played)
            frame = None if own is None else {"payload": dict(own)}
            wire_type = family.update[0]
        else:
            # A snapshot first, and then the updates in turn.
            is_first = family.snapshot is not None and topic.played == 0
            wire_type = family.snapshot[0] if is_first and family.snapshot else family.update[0]
            examples = self._examples(wire_type)
            frame = examples[topic.played % len(examples)]
            values = {name: value for name, value in topic.values.items() if name in frame["payload"]}
            frame = {"payload": {**frame["payload"], **values}}
        topic.played += 1
        if frame is not None:
            topic.seq += 1
            example = self._examples(wire_type)[0]
            self._put({**example, **frame, "topic": topic.name, "seq": topic.seq})
        self._next(topic, self._how.interval)

    def _found(self, name: str) -> tuple[Family[Any, Any], dict[str, str]] | None:
        for family in self._contract.families:
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^:]+)", re.escape(family.pattern))
            if matched := re.fullmatch(pattern, name):
                return family, matched.groupdict()
        return None

    def _examples(self, wire_type: str) -> list[Frame]:
        return self._contract.examples.get(wire_type, [])

    def _reply(self, request: Frame, wire_type: str, payload: Mapping[str, Any]) -> None:
        """With the envelope of an example, which has all that the contract wants there."""
        envelope = next(iter(self._examples(wire_type)), {"direction": "s2c"})
        answer = {**envelope, "type": wire_type, "payload": dict(payload)}
        if "msg_id" in request:
            answer["msg_id"] = request["msg_id"]
        self._put(answer)

    def _put(self, frame: Frame) -> None:
        self._out.put_nowait(json.dumps(frame))


class _Topic:
    """A topic that is played."""

    def __init__(self, name: str, family: Family[Any, Any], values: dict[str, str]) -> None:
        self.name = name
        self.family = family
        self.values = values
        self.seq = 0
        self.played = 0
        self.timer: asyncio.TimerHandle | None = None

    def stop(self) -> None:
        if self.timer is not None:
            self.timer.cancel()


def _named(family: Family[Any, Any], request: Frame) -> str:
    """The topic that a family's own request is about."""
    values: dict[str, object] = {}
    for name, pointer in family.pointers.items():
        value: Any = request
        for step in pointer.split("/")[1:]:
            value = value[step]
        values[name] = value
    return family.topic(values)
