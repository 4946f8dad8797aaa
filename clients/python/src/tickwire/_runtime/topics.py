"""All topics of a client, and who follows them.

Subscribers of one topic share one subscription on the wire. What is wanted and what the server
believes are brought together by `_settle`, once per turn of the event loop: so who leaves and comes
back in one turn costs nothing, and several topics go in one frame.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Protocol, TypeAlias

from .buffer import AnyEvent
from .contract import Contract, Family, Frame
from .errors import (
    InvalidAnswer,
    InvalidFrame,
    SubscriptionRefused,
    TickwireError,
    Violation,
    misshapen,
)
from .events import Notice, Position, Snapshot, Stats, Update
from .model import parse_datetime
from .retry import Backoff
from .stream import Phase, Stream, Verdict

ENVELOPE_BYTES: Final = 128
"""What a frame has around its payload, generously."""


Answered: TypeAlias = Callable[[Frame | InvalidFrame], None]
"""Gets the frame that answers a request, or why that could not be understood."""


class Wire(Protocol):
    """An open connection, as topics need it."""

    max_frame_bytes: int | None

    def ask(self, wire_type: str, payload: Frame, answered: Answered) -> None:
        """Sends a request of the client's own. `answered` is called unless the connection is lost
        before."""


class Subscriber(Protocol):
    """Who follows a topic."""

    def event(self, event: AnyEvent, raw: Any) -> None:
        """Something came; `raw` is its payload as it was on the wire."""

    def ended(self, error: TickwireError | None) -> None:
        """Nothing will come any more: without an error, because it was wanted so."""


class Topic:
    """A topic that somebody follows."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.subscribers: dict[Subscriber, None] = {}
        """In the order in which they came."""
        self.latest: Update[Any] | Snapshot[Any] | None = None
        self.attempt = 0
        """How many subscribes were refused in a row."""
        self.retry: asyncio.TimerHandle | None = None

    def tell(self, event: AnyEvent, raw: Any = None) -> None:
        for subscriber in tuple(self.subscribers):
            subscriber.event(event, raw)


Take: TypeAlias = Callable[[Topic, Mapping[str, Any]], None]


class Topics:
    """The topics of one client, over all its connections."""

    def __init__(self, contract: Contract, backoff: Backoff, stats: Stats) -> None:
        self._contract = contract
        self._backoff = backoff
        self._stats = stats
        self._topics: dict[str, Topic] = {}
        self._unsettled: dict[Topic, None] = {}
        self._scheduled = False
        self._wire: Wire | None = None
        self._over: tuple[TickwireError | None] | None = None
        self._families: dict[str, tuple[Family[Any, Any], bool]] = {}
        for family in contract.families:
            self._families[family.update[0]] = (family, False)
            if family.snapshot is not None:
                self._families[family.snapshot[0]] = (family, True)

    # ------------------------------------------------------------------------- who follows what --

    def find(self, name: str) -> Topic | None:
        """The topic, if somebody follows it."""
        return self._topics.get(name)

    def attach(
        self,
        family: Family[Any, Any],
        values: Mapping[str, object],
        subscriber: Subscriber,
        *,
        history: int | None,
        since: Position | None,
    ) -> None:
        """Adds a subscriber. `history` and `since` count for the first one of a topic."""
        if self._over is not None:
            subscriber.ended(self._over[0])
            return
        name = family.topic(values)
        topic = self._topics.get(name)
        if topic is None:
            topic = self._topics[name] = Topic(Stream(family, name, family.payload(values)))
        if topic.subscribers:
            topic.stream.renew()
        else:
            topic.stream.history = history
            if since is not None:
                topic.stream.start_at(since)
        topic.subscribers[subscriber] = None
        self._unsettle(topic)

    def detach(self, name: str, subscriber: Subscriber) -> None:
        """Removes a subscriber, who hears nothing more. The last one ends the subscription."""
        topic = self._topics.get(name)
        if topic is None or topic.subscribers.pop(subscriber, self) is self:
            return
        if not topic.subscribers:
            self._abandon(topic)

    def _abandon(self, topic: Topic) -> None:
        topic.subscribers.clear()
        topic.stream.forget()
        topic.latest = None
        topic.attempt = 0
        if topic.retry is not None:
            topic.retry.cancel()
            topic.retry = None
        self._unsettle(topic)

    def end(self, error: TickwireError | None) -> None:
        """The client is closed: so are all subscriptions, and those that come."""
        self._over = (error,)
        self._wire = None
        topics, self._topics = self._topics, {}
        for topic in topics.values():
            self._end_one(topic, error)

    def _end_one(self, topic: Topic, error: TickwireError | None) -> None:
        subscribers = tuple(topic.subscribers)
        self._abandon(topic)
        for subscriber in subscribers:
            subscriber.ended(error)

    # ------------------------------------------------------------------- bringing them together --

    def connected(self, wire: Wire) -> None:
        """A connection is open. Everything that is wanted is subscribed to."""
        self._wire = wire
        self._unsettled.update(dict.fromkeys(self._topics.values()))
        self._settle()

    def disconnected(self) -> None:
        """The connection is gone. Subscribers stay, and hear of it by what comes later."""
        self._wire = None
        for topic in self._topics.values():
            topic.stream.left()

    def _unsettle(self, topic: Topic) -> None:
        self._unsettled[topic] = None
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._settle)

    def _settle(self) -> None:
        self._scheduled = False
        if self._wire is None:
            return
        join: list[Topic] = []
        leave: list[Topic] = []
        unsettled, self._unsettled = self._unsettled, {}
        for topic in unsettled:
            stream = topic.stream
            # While an answer is awaited nothing is sent: it will be settled then.
            if stream.phase is Phase.LIVE:
                if stream.repairing or stream.renewing or not topic.subscribers:
                    leave.append(topic)
            elif stream.phase is Phase.IDLE:
                if not topic.subscribers:
                    self._forget(topic)
                elif topic.retry is None:
                    join.append(topic)
        self._leave(leave, self._wire)
        self._join(join, self._wire)

    def _forget(self, topic: Topic) -> None:
        if self._topics.get(topic.stream.topic) is topic:
            del self._topics[topic.stream.topic]

    def _join(self, topics: list[Topic], wire: Wire) -> None:
        if len(topics) > 1 and self._contract.batch is not None:
            for some in self._batches(topics, wire):
                wire.ask("subscribe", _batch(some), self._all(some, self._subscribed))
        else:
            for topic in topics:
                payload = topic.stream.payload | topic.stream.options()
                request = topic.stream.family.subscribe[0]
                wire.ask(request, payload, self._one(topic, self._subscribed))
        for topic in topics:
            topic.stream.subscribing()

    def _leave(self, topics: list[Topic], wire: Wire) -> None:
        if len(topics) > 1 and self._contract.batch and "unsubscribe" in self._contract.outgoing:
            for some in self._batches(topics, wire):
                names = [topic.stream.topic for topic in some]
                wire.ask("unsubscribe", {"topics": names}, self._all(some, self._unsubscribed))
        else:
            for topic in topics:
                request = topic.stream.family.unsubscribe[0]
                wire.ask(request, topic.stream.payload, self._one(topic, self._unsubscribed))
        for topic in topics:
            topic.stream.leaving()

    def _batches(self, topics: list[Topic], wire: Wire) -> Iterator[list[Topic]]:
        """As many topics as one frame may have, and as fit into it."""
        most = self._contract.batch or 1
        room = (wire.max_frame_bytes or 65536) - ENVELOPE_BYTES
        some: list[Topic] = []
        size = 0
        for topic in topics:
            # In the list of topics, and once more among the options.
            needed = len(json.dumps(_batch([topic])))
            if some and (len(some) == most or size + needed > room):
                yield some
                some, size = [], 0
            some.append(topic)
            size += needed
        if some:
            yield some

    # -------------------------------------------------------------------------------- answers --

    def _one(self, topic: Topic, take: Take) -> Answered:
        def answered(answer: Frame | InvalidFrame) -> None:
            if isinstance(answer, InvalidFrame):
                self._not_understood(topic, answer.wire_type, answer.violations)
            elif answer["type"] == "error":
                self._refused((topic,), answer["payload"])
            else:
                self._take(topic, take, answer["type"], answer["payload"])

        return answered

    def _all(self, topics: list[Topic], take: Take) -> Answered:
        def answered(answer: Frame | InvalidFrame) -> None:
            if isinstance(answer, InvalidFrame):
                for topic in topics:
                    self._not_understood(topic, answer.wire_type, answer.violations)
            elif answer["type"] == "error":
                self._refused(topics, answer["payload"])
            else:
                try:
                    results = _results(answer["payload"])
                except (KeyError, TypeError):
                    # Then each of them lacks its result.
                    results = {}
                for topic in topics:
                    result = results.get(topic.stream.topic, {})
                    self._take(topic, take, answer["type"], result)

        return answered

    def _take(self, topic: Topic, take: Take, wire_type: str, result: Mapping[str, Any]) -> None:
        try:
            take(topic, result)
        except (KeyError, TypeError, ValueError) as error:
            self._not_understood(topic, wire_type, (misshapen(error),))

    def _not_understood(
        self, topic: Topic, wire_type: str, violations: tuple[Violation, ...]
    ) -> None:
        topic.stream.left()
        self._end_one(topic, InvalidAnswer(wire_type, violations))

    def _subscribed(self, topic: Topic, result: Mapping[str, Any]) -> None:
        if result["status"] == "refused":
            refusal = result.get("error", {})
            self._refused((topic,), {"message": result.get("message", ""), **refusal})
            return
        notice = topic.stream.subscribed(result)
        topic.attempt = 0
        self._unsettle(topic)
        if notice is not None:
            topic.tell(notice)

    def _unsubscribed(self, topic: Topic, _result: Mapping[str, Any]) -> None:
        topic.stream.left()
        self._unsettle(topic)

    def _refused(self, topics: Iterable[Topic], error: Mapping[str, Any]) -> None:
        for topic in topics:
            topic.stream.left()
            if not topic.subscribers:
                self._unsettle(topic)
            elif error.get("retryable") is True:
                self._try_again(topic, error)
            else:
                self._end_one(topic, SubscriptionRefused.from_payload(error))

    def _try_again(self, topic: Topic, error: Mapping[str, Any]) -> None:
        topic.attempt += 1
        at_least = error.get("retry_after_ms", 0) / 1000
        delay = self._backoff.delay(topic.attempt, at_least=at_least)
        topic.retry = asyncio.get_running_loop().call_later(delay, self._ask_again, topic)
        topic.tell(
            Notice(
                kind="retrying",
                topic=topic.stream.topic,
                reason=str(error.get("code", "unknown")),
                message=str(error.get("message", "")),
                delay=delay,
            )
        )

    def _ask_again(self, topic: Topic) -> None:
        topic.retry = None
        self._unsettle(topic)

    # ------------------------------------------------------------------------- what the server says --

    def carries(self, wire_type: str) -> bool:
        """Whether frames of this type belong to a topic."""
        return wire_type in self._families

    def frame(self, frame: Frame) -> None:
        """An update or a snapshot. Raises `KeyError`, `TypeError` or `ValueError` for a payload
        that is not of its shape; its number counts as seen then."""
        family, is_snapshot = self._families[frame["type"]]
        topic = self._topics.get(frame["topic"])
        if topic is None or not self._is_next(topic, frame["seq"], is_snapshot):
            return
        decode = family.snapshot[1] if is_snapshot and family.snapshot else family.update[1]
        kind: type[Snapshot[Any] | Update[Any]] = Snapshot if is_snapshot else Update
        event = kind(
            payload=decode(frame["payload"]),
            topic=frame["topic"],
            seq=frame["seq"],
            timestamp=parse_datetime(frame["timestamp"]),
        )
        topic.latest = event
        topic.tell(event, frame["payload"])

    def damaged(self, frame: Mapping[str, Any]) -> None:
        """A frame of a topic that could not be understood: it counts as seen, if it says where it
        stands."""
        found = self._families.get(frame.get("type", ""))
        topic = self._topics.get(frame.get("topic", ""))
        seq = frame.get("seq")
        if found is not None and topic is not None and isinstance(seq, int):
            self._is_next(topic, seq, found[1])

    def _is_next(self, topic: Topic, seq: int, is_snapshot: bool) -> bool:
        match topic.stream.frame(seq, is_snapshot=is_snapshot):
            case Verdict.DELIVER:
                return True
            case Verdict.IGNORE:
                return False
            case Verdict.DUPLICATE:
                self._stats.duplicates += 1
                return False
            case Verdict.GAP:
                self._stats.gaps += 1
                self._unsettle(topic)
                return False
            case Verdict.HOLE:
                message = f"updates before {seq} are missing"
                name = topic.stream.topic
                topic.tell(Notice(kind="not_recovered", topic=name, reason="gap", message=message))
                return True

    def reset(self, payload: Mapping[str, Any]) -> None:
        """`topic.reset`."""
        topic = self._topics.get(payload["topic"])
        notice = topic.stream.reset(payload) if topic is not None else None
        if topic is None or notice is None:
            return
        topic.tell(notice)
        if notice.kind == "ended":
            self._end_one(topic, None)


def _results(payload: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What a batch says of each topic; nothing of those that it leaves out."""
    return {result["topic"]: result for result in payload["results"]}


def _batch(topics: list[Topic]) -> Frame:
    payload: Frame = {"topics": [topic.stream.topic for topic in topics]}
    options = [
        {"topic": topic.stream.topic, **options}
        for topic in topics
        if (options := topic.stream.options())
    ]
    return payload | ({"options": options} if options else {})
