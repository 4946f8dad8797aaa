"""What a subscription and a connection tell."""

from __future__ import annotations

import datetime as _datetime
import logging
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

Payload = TypeVar("Payload")

logger = logging.getLogger("tickwire")
"""What nobody else is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a topic was followed. It belongs to the topic, not to a connection, so it may be kept
    and given as `since` by another program."""

    epoch: str
    """One life of the topic's stream. Positions of different epochs do not compare."""
    seq: int
    """The number of the last update within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Generic[Payload]):
    """Something changed in a topic."""

    payload: Payload
    topic: str
    seq: int
    timestamp: _datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Generic[Payload]):
    """The whole state of a topic. It replaces what was known; updates go on from there."""

    payload: Payload
    topic: str
    seq: int
    timestamp: _datetime.datetime


NoticeKind: TypeAlias = Literal["reset", "not_recovered", "retrying", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A topic is not what it was: there is a hole, or another beginning, or an end.

    | kind | meaning |
    |---|---|
    | `reset` | `restarted`: the stream began anew. `overflow`: the updates `missing` were dropped |
    | `not_recovered` | what was missed cannot be had; what comes next replaces what is held |
    | `retrying` | the topic was refused for now, for the `reason`; it is asked for again |
    | `ended` | there are no more updates; the subscription is over |
    """

    kind: NoticeKind
    topic: str
    reason: str
    """For programs."""
    message: str = ""
    """For people."""
    missing: tuple[int, int] | None = None
    """The first and the last `seq` that were dropped, where the server said so."""
    delay: float | None = None
    """In `retrying`: seconds until then."""


State: TypeAlias = Literal["connecting", "open", "waiting", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionState:
    """Where a client stands with its server."""

    state: State
    """`waiting` is between two attempts. `closed` is for good."""
    attempt: int = 1
    """Number of the attempt that is made, or comes next; 1 after a connection that lasted."""
    delay: float | None = None
    """In `waiting`: seconds until the next attempt."""
    code: int | None = None
    """The close code that ended the last connection, where a close frame came."""
    status: int | None = None
    """The HTTP status by which the handshake was refused."""
    error: Exception | None = None
    """What went wrong, where something did."""


@dataclass(slots=True, kw_only=True)
class Stats:
    """Counters of a client's whole life."""

    connections: int = 0
    """Connections that were opened."""
    reconnects: int = 0
    """How many of them were not the first."""
    unknown_types: int = 0
    """Frames of a type that the contract does not have. They are ignored."""
    invalid_frames: int = 0
    """Frames that were no JSON or broke their schema. They are ignored."""
    gaps: int = 0
    """Missing updates that nobody had announced. They are fetched again."""
    duplicates: int = 0
    """Updates that came again. They are dropped."""
