"""The same without `await`, for scripts and notebooks.

A client runs in an event loop of its own, in a thread of its own: so it works where a loop is
running already, as in Jupyter.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from .client import BaseClient
from .contract import Answer, Event, Family, Frame, Item, Request
from .events import Notice, Position, State, Stats
from .subscription import Subscription

Result = TypeVar("Result")
Covariant_co = TypeVar("Covariant_co", covariant=True)


class Closing(Protocol[Covariant_co]):
    """An iterator that can be ended."""

    def __aiter__(self) -> AsyncIterator[Covariant_co]: ...

    async def aclose(self) -> None: ...


class LoopThread:
    """An event loop in a thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # A daemon: a program that ends without closing its client shall end.
        self._thread = threading.Thread(target=self._loop.run_forever, name="tickwire", daemon=True)
        self._thread.start()

    def call(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Runs a coroutine there and waits for it. Ctrl-C here cancels it there."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result()
        finally:
            future.cancel()

    @property
    def is_running(self) -> bool:
        return self._loop.is_running()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class BlockingRequests:
    """What the generated methods of requests are made on."""

    def send_request(
        self, request: Request[Answer], payload: Mapping[str, Any], timeout: float | None
    ) -> Answer:
        """A request of the contract; `None` in `payload` is left out."""
        raise NotImplementedError


class BlockingClient(BlockingRequests):
    """A client without `await`, used by `with`."""

    def __init__(self, make: Callable[[], BaseClient]) -> None:
        self._make = make
        self._running: tuple[LoopThread, BaseClient] | None = None

    def __enter__(self) -> Self:
        if self._running is not None:
            raise RuntimeError("this client is in use: make another one")
        thread = LoopThread()
        try:
            client = thread.call(_start(self._make))
        except BaseException:
            thread.stop()
            raise
        self._running = (thread, client)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection for good."""
        running, self._running = self._running, None
        if running is None:
            return
        thread, client = running
        try:
            thread.call(client.close())
        finally:
            thread.stop()

    @property
    def state(self) -> State:
        """`connecting`, `open`, `waiting` (for the next attempt) or `closed`."""
        return "closed" if self._running is None else self._running[1].state

    @property
    def stats(self) -> Stats:
        """Counters of this client's whole life."""
        return self._parts()[1].stats

    def request(
        self, wire_type: str, payload: Mapping[str, Any], *, timeout: float | None = None
    ) -> Frame:
        """Sends a request by its wire type, and gives the payload of the answer, both untyped."""
        thread, client = self._parts()
        return thread.call(client.request(wire_type, payload, timeout=timeout))

    def _parts(self) -> tuple[LoopThread, BaseClient]:
        if self._running is None:
            raise RuntimeError("use the client by `with`, which connects it")
        return self._running

    def send_request(
        self, request: Request[Answer], payload: Mapping[str, Any], timeout: float | None
    ) -> Answer:
        thread, client = self._parts()
        return thread.call(client.send_request(request, payload, timeout))

    def follow(
        self,
        family: Family[Item, Event],
        values: Mapping[str, object],
        *,
        history: int | None = None,
        since: Position | None = None,
    ) -> BlockingSubscription[Item, Event]:
        """A topic of a family. Raises `InvalidFrame` for values that no topic has."""
        thread, client = self._parts()
        subscription = client.follow(family, values, history=history, since=since)
        return BlockingSubscription(thread, subscription)


class BlockingFetch(BlockingRequests):
    """Single requests, each over a connection of its own, which is closed after the answer."""

    def __init__(self, make: Callable[[], BaseClient]) -> None:
        self._make = make

    def send_request(
        self, request: Request[Answer], payload: Mapping[str, Any], timeout: float | None
    ) -> Answer:
        with BlockingClient(self._make) as client:
            return client.send_request(request, payload, timeout)


class BlockingSubscription(Generic[Item, Event]):
    """A topic to be followed: `for item in subscription:`. Leaving the loop ends it.

    A `Subscription`, whose description has the rest.
    """

    def __init__(self, thread: LoopThread, subscription: Subscription[Item, Event]) -> None:
        self._thread = thread
        self._subscription = subscription
        self.topic = subscription.topic
        """Its name, such as `bars:AAPL:1`."""

    @property
    def latest(self) -> Item | None:
        """The newest item; `None` when nothing has come, or nobody follows the topic."""
        return self._subscription.latest

    @property
    def position(self) -> Position | None:
        """Where another program would go on, by giving it as `since`."""
        return self._subscription.position

    def __iter__(self) -> Iterator[Item]:
        return self._each(self._subscription.__aiter__)

    def events(self) -> Iterator[Event | Notice]:
        """Items with position and time, and a `Notice` where the stream is broken."""
        return self._each(self._subscription.events)

    def _each(self, begin: Callable[[], Closing[Result]]) -> Iterator[Result]:
        iterator = self._thread.call(_call(begin))
        try:
            while (item := self._thread.call(_next(iterator))) is not None:
                yield item[0]
        finally:
            if self._thread.is_running:
                self._thread.call(iterator.aclose())


async def _start(make: Callable[[], BaseClient]) -> BaseClient:
    return await make().__aenter__()


async def _call(function: Callable[[], Result]) -> Result:
    return function()


async def _next(iterator: Closing[Result]) -> tuple[Result] | None:
    async for item in iterator:
        return (item,)
    return None
