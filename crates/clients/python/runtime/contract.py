"""The tables that are generated from a contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from .model import to_json
from .validation import Schema

Answer = TypeVar("Answer")
"""What a request gives."""
Item = TypeVar("Item")
"""What a loop over a topic gets."""
Event = TypeVar("Event")
"""The same with its position."""

Frame: TypeAlias = dict[str, Any]
Decode: TypeAlias = Callable[[Mapping[str, Any]], Any]
Delivery: TypeAlias = Literal["lossless", "window", "latest", "delta"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Generic[Answer]):
    """A request and its answer."""

    type: str
    reply: str
    decode: Callable[[Mapping[str, Any]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Generic[Item, Event]):
    """A family of topics."""

    name: str
    pattern: str
    """Its topics, `bars:{symbol}:{resolution}`."""
    pointers: Mapping[str, str]
    """Where a parameter stands in a subscribe frame: `{"symbol": "/payload/symbol"}`."""
    delivery: Delivery
    key: str | None = None
    """A JSON Pointer into the payload: what an update replaces."""
    subscribe: tuple[str, str]
    """The request and its reply."""
    unsubscribe: tuple[str, str]
    update: tuple[str, Decode]
    """Its wire type and what reads its payload."""
    snapshot: tuple[str, Decode] | None = None

    def topic(self, values: Mapping[str, object]) -> str:
        """The topic with these values of the parameters."""
        return self.pattern.format_map({name: to_json(value) for name, value in values.items()})

    def payload(self, values: Mapping[str, object]) -> Frame:
        """The payload of a subscribe or unsubscribe frame."""
        payload: Frame = {}
        for name, value in values.items():
            *path, last = self.pointers[name].split("/")[2:]
            place = payload
            for step in path:
                place = place.setdefault(step, {})
            place[last] = to_json(value)
        return payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract, as far as a client has to know it."""

    title: str
    version: str
    schemas: Mapping[str, Schema] = field(repr=False)
    outgoing: Mapping[str, str]
    """The schema of each frame that a client may send."""
    incoming: Mapping[str, str]
    """The schema of each frame that the server may send."""
    pushes: Mapping[str, Decode]
    """What reads the payload of each frame that nobody asked for."""
    families: tuple[Family[Any, Any], ...]
    replies: Mapping[str, str]
    """The wire type of the answer to each request."""
    examples: Mapping[str, list[Frame]] = field(repr=False)
    """Frames of each wire type."""
    batch: int | None
    """How many topics one `subscribe` may have; `None` where there is no such request."""


def at_pointer(value: Any, pointer: str) -> Any:
    """What a JSON Pointer leads to; `None` when it leads nowhere."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) or step not in value:
            return None
        value = value[step]  # pyright: ignore[reportUnknownVariableType]
    return value  # pyright: ignore[reportUnknownVariableType]
