"""The bounded buffer of an iterator."""

from __future__ import annotations

from collections import deque
from typing import Any, TypeAlias

from .contract import Family, at_pointer
from .events import Notice, Snapshot, Update

AnyEvent: TypeAlias = Update[Any] | Snapshot[Any] | Notice


class Buffer:
    """What an iterator has not taken yet.

    When it is full, the family's delivery decides: with `latest`, an update of the same key gives
    way to the newest, and if all keys differ the oldest does; with every other class the buffer
    overflows, after which it takes nothing more.
    """

    def __init__(self, family: Family[Any, Any], size: int) -> None:
        if size < 1:
            raise ValueError("a buffer holds at least one item")
        self._delivery = family.delivery
        self._key = family.key
        self._size = size
        self._events: deque[tuple[AnyEvent, Any]] = deque()
        self.overflowed = False

    def __len__(self) -> int:
        return len(self._events)

    def push(self, event: AnyEvent, raw: Any = None) -> None:
        """Takes an event; `raw` is its payload as it came, in which the key is found."""
        if self.overflowed:
            return
        key = None if isinstance(event, Notice) else self._key_of(raw)
        if len(self._events) >= self._size:
            if self._delivery != "latest":
                self.overflowed = True
                return
            self._make_room(key)
        self._events.append((event, key))

    def pop(self) -> AnyEvent:
        """The oldest event. There has to be one."""
        return self._events.popleft()[0]

    def _key_of(self, raw: Any) -> Any:
        return at_pointer(raw, self._key) if self._key is not None else None

    def _make_room(self, key: Any) -> None:
        for index, (event, other) in enumerate(self._events):
            if other == key and not isinstance(event, Notice):
                del self._events[index]
                return
        self._events.popleft()
