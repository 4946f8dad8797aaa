"""What users hold of a topic: iterators, callbacks, the newest item.

A subscriber must not be held by `Topics` and hold itself what users hold, or nobody would notice
that a loop was left by `break`. So an iterator has a `Queue`, which is the subscriber, and takes it
out of its topic when it is no longer used.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from .buffer import AnyEvent, Buffer
from .contract import Event, Family, Item
from .errors import SlowConsumer, TickwireError
from .events import Notice, Position, logger
from .topics import Subscriber, Topics


class Subscription(Generic[Item, Event]):
    """A topic to be followed. Making one sends nothing; following does:

    - `async for item in subscription:` — the items. Leaving the loop ends it.
    - `async for event in subscription.events():` — the same with position and time, and `Notice`
      where the stream is broken.
    - `stop = subscription.listen(callback)` — a callback for each item.
    - `async with subscription:` — keeps `latest` up to date, and ends what was begun inside.

    Whatever follows one topic of one client shares one subscription on the wire. It survives
    reconnects. Items are payloads; with delivery `delta` they are `Update` and `Snapshot`, since
    one changes the state that the other replaces.
    """

    def __init__(
        self,
        topics: Topics,
        family: Family[Item, Event],
        values: Mapping[str, object],
        *,
        history: int | None,
        since: Position | None,
        buffer: int,
    ) -> None:
        self._topics = topics
        self._family = family
        self._values = values
        self._history = history
        self._since = since
        self._buffer = buffer
        self._holds: list[Callable[[], None]] = []
        self.topic = family.topic(values)
        """Its name, such as `bars:AAPL:1`."""

    @property
    def latest(self) -> Item | None:
        """The newest item; `None` when nothing has come, or nobody follows the topic."""
        topic = self._topics.find(self.topic)
        if topic is None or topic.latest is None:
            return None
        return item_of(self._family, topic.latest)

    @property
    def position(self) -> Position | None:
        """Where another program would go on, by giving it as `since`."""
        topic = self._topics.find(self.topic)
        return None if topic is None else topic.stream.position

    def __aiter__(self) -> Items[Item, Event]:
        return Items(self._family, self._queue())

    def events(self) -> Events[Item, Event]:
        """Items with position and time, and a `Notice` where the stream is broken."""
        return Events(self._family, self._queue())

    def listen(
        self,
        callback: Callable[[Item], object],
        *,
        on_notice: Callable[[Notice], object] | None = None,
        on_end: Callable[[TickwireError | None], object] | None = None,
    ) -> Callable[[], None]:
        """Calls `callback` with each item, from the event loop. Gives a function that ends it.

        `on_end` is called when the subscription ends otherwise: with an error, or with `None`
        after the notice `ended` and when the client was closed. What a callback raises goes to the
        event loop's exception handler; so does the error where there is no `on_end`.
        """
        listener = Listener(self._family, callback, on_notice, on_end)
        return self._attach(listener)

    async def __aenter__(self) -> Self:
        self._attach(Holder())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        holds, self._holds = self._holds, []
        for let_go in holds:
            let_go()

    def _queue(self) -> Queue:
        queue = Queue(Buffer(self._family, self._buffer))
        queue.leave = self._attach(queue)
        return queue

    def _attach(self, subscriber: Subscriber) -> Callable[[], None]:
        topics, topic = self._topics, self.topic

        def leave() -> None:
            topics.detach(topic, subscriber)

        self._topics.attach(
            self._family, self._values, subscriber, history=self._history, since=self._since
        )
        self._holds.append(leave)
        return leave


class Queue:
    """The subscriber behind an iterator."""

    def __init__(self, buffer: Buffer) -> None:
        self.leave: Callable[[], None] = _nothing
        self.loop = asyncio.get_running_loop()
        self._buffer = buffer
        self._end: tuple[TickwireError | None] | None = None
        self._waiter: asyncio.Future[None] | None = None

    def event(self, event: AnyEvent, raw: Any) -> None:
        self._buffer.push(event, raw)
        if self._buffer.overflowed and self._end is None:
            self.leave()
            self._end = (SlowConsumer("the loop takes items more slowly than they come"),)
        self._wake()

    def ended(self, error: TickwireError | None) -> None:
        self._end = (error,)
        self._wake()

    def stop(self) -> None:
        """The iterator is done with it."""
        self.leave()
        self.leave = _nothing
        if self._end is None:
            self._end = (None,)
        self._wake()

    async def take(self) -> AnyEvent | None:
        """The next event, or `None` at the end. Nothing is lost when this is cancelled."""
        while not self._buffer:
            if self._end is not None:
                # Told once; asked again, the iterator is simply over.
                (error,), self._end = self._end, (None,)
                if error is not None:
                    raise error
                return None
            if self._waiter is not None:
                raise RuntimeError("two tasks wait for the same iterator: give each its own")
            self._waiter = self.loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._buffer.pop()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class _Iterator(Generic[Item, Event]):
    """What both iterators have in common."""

    def __init__(self, family: Family[Item, Event], queue: Queue) -> None:
        self._family = family
        self._queue = queue

    async def aclose(self) -> None:
        """Ends it. Leaving the loop does the same as soon as nothing refers to the iterator."""
        self._queue.stop()

    def __del__(self) -> None:
        queue = self._queue
        # The last reference may go in any thread; a closed loop has nothing left to unsubscribe.
        if not queue.loop.is_closed():
            queue.loop.call_soon_threadsafe(queue.stop)


class Items(_Iterator[Item, Event], AsyncIterator[Item]):
    """The items of a topic. Notices are logged: who has to see them iterates over `events()`."""

    async def __anext__(self) -> Item:
        while (event := await self._queue.take()) is not None:
            if not isinstance(event, Notice):
                return item_of(self._family, event)
            _log(event)
        raise StopAsyncIteration


class Events(_Iterator[Item, Event], AsyncIterator[Event | Notice]):
    """The events of a topic."""

    async def __anext__(self) -> Event | Notice:
        if (event := await self._queue.take()) is not None:
            return cast("Event | Notice", event)
        raise StopAsyncIteration


class Listener(Generic[Item, Event]):
    """The subscriber behind a callback."""

    def __init__(
        self,
        family: Family[Item, Event],
        callback: Callable[[Item], object],
        on_notice: Callable[[Notice], object] | None,
        on_end: Callable[[TickwireError | None], object] | None,
    ) -> None:
        self._family = family
        self._callback = callback
        self._on_notice = on_notice or _log
        self._on_end = on_end or _report

    def event(self, event: AnyEvent, raw: Any) -> None:
        if isinstance(event, Notice):
            call(self._on_notice, event)
        else:
            call(self._callback, item_of(self._family, event))

    def ended(self, error: TickwireError | None) -> None:
        call(self._on_end, error)


class Holder:
    """Follows a topic only for its newest item."""

    def event(self, event: AnyEvent, raw: Any) -> None:
        pass

    def ended(self, error: TickwireError | None) -> None:
        _report(error)


def item_of(family: Family[Item, Event], event: Any) -> Item:
    """What a loop gets of an event."""
    return cast(Item, event if family.delivery == "delta" else event.payload)


Argument = TypeVar("Argument")


def call(callback: Callable[[Argument], object], argument: Argument) -> None:
    """Calls a user's callback. What it raises is the user's, and must not end the connection."""
    try:
        callback(argument)
    except Exception as error:
        asyncio.get_running_loop().call_exception_handler(
            {"message": f"the callback {callback!r} failed", "exception": error}
        )


def _report(error: TickwireError | None) -> None:
    if error is not None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "a subscription ended", "exception": error}
        )


def _log(notice: Notice) -> None:
    logger.warning("%s: %s, %s: %s", notice.topic, notice.kind, notice.reason, notice.message)


def _nothing() -> None:
    pass
