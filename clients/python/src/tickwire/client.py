# ruff: noqa: E501
"""The clients. Generated; see `README.md`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, overload

from . import _contract as tables
from . import models
from ._runtime.blocking import (
    BlockingClient,
    BlockingFetch,
    BlockingRequests,
    BlockingSubscription,
)
from ._runtime.client import BaseClient, Token
from ._runtime.events import Position, Snapshot, Update
from ._runtime.offline import Offline
from ._runtime.retry import Backoff
from ._runtime.subscription import Subscription


class Client(BaseClient):
    """A client of Tickwire 0.1.0."""

    async def ping(
        self,
        *,
        timeout: float | None = None,
    ) -> models.PongResponse:
        """Is the server there?

        Answered at once, with the server's clock. (A WebSocket ping works too.)
        """
        return await self.send_request(tables.REQUEST_PING, {}, timeout)

    async def get_status(
        self,
        *,
        timeout: float | None = None,
    ) -> models.StatusReport:
        """What the server knows of this connection.

        Identity, subscriptions with their positions, counters and limits.
        """
        return await self.send_request(tables.REQUEST_GET_STATUS, {}, timeout)

    async def bars_history(
        self,
        *,
        symbol: str,
        count_back: int | None = None,
        from_: int | None = None,
        resolution: models.BarResolution | None = None,
        to: int | None = None,
        timeout: float | None = None,
    ) -> models.BarsHistoryResult:
        """Closed bars of the past.

        Bars in ascending order of time: those that open in `[from, to)`, or the last `count_back`
        before `to`. Without `to`, up to now. At most 5,000; the bar in progress is not among them.
        """
        return await self.send_request(tables.REQUEST_BARS_HISTORY, {"symbol": symbol, "count_back": count_back, "from": from_, "resolution": resolution, "to": to}, timeout)

    async def symbols_search(
        self,
        *,
        query: str,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> models.SymbolsSearchResult:
        """Find symbols by name.

        Matches the symbol and the description, ignoring case; symbols that begin with the text
        come first.
        """
        return await self.send_request(tables.REQUEST_SYMBOLS_SEARCH, {"query": query, "limit": limit}, timeout)

    async def symbols_resolve(
        self,
        *,
        symbol: str,
        timeout: float | None = None,
    ) -> models.SymbolInfo:
        """All about one symbol.

        Trading session, currency, precision, the resolutions and the span of the data.
        """
        return await self.send_request(tables.REQUEST_SYMBOLS_RESOLVE, {"symbol": symbol}, timeout)

    def bars(
        self,
        *,
        symbol: str,
        resolution: models.BarResolution = "1",
        history: int | None = None,
        since: Position | None = None,
    ) -> Subscription[
        models.BarUpdate,
        Update[models.BarUpdate],
    ]:
        """One update for each change of the bar in progress, and a last one with `closed: true` when
        it ends. Bars of all resolutions come from one stream of trades, so they always agree.
        Subscribe first, then ask `bars.history`: together they have no hole, and where they
        overlap, the bar's `time` tells.
        """
        return self.follow(tables.TOPIC_BARS, {"symbol": symbol, "resolution": resolution}, history=history, since=since)

    def quotes(
        self,
        *,
        symbol: str,
        history: int | None = None,
        since: Position | None = None,
    ) -> Subscription[
        models.QuoteUpdate,
        Update[models.QuoteUpdate],
    ]:
        """One update for each change of the best bid or the best ask."""
        return self.follow(tables.TOPIC_QUOTES, {"symbol": symbol}, history=history, since=since)

    def trades(
        self,
        *,
        symbol: str,
        history: int | None = None,
        since: Position | None = None,
    ) -> Subscription[
        models.TradeUpdate,
        Update[models.TradeUpdate],
    ]:
        """One update for each trade, in the order of execution."""
        return self.follow(tables.TOPIC_TRADES, {"symbol": symbol}, history=history, since=since)

    def orderbook(
        self,
        *,
        symbol: str,
        since: Position | None = None,
    ) -> Subscription[
        Snapshot[models.BookSnapshot] | Update[models.BookUpdate],
        Snapshot[models.BookSnapshot] | Update[models.BookUpdate],
    ]:
        """First a snapshot: what is wanted and what is offered at the 25 best prices of either side.
        Then one update for each change, with the levels that have changed; applied to the snapshot
        in the order of `seq`, they keep it equal to the server's book. A level that falls out of
        the 25 best is removed like one that is gone. The best levels are the quote.
        """
        return self.follow(tables.TOPIC_ORDERBOOK, {"symbol": symbol}, since=since)

    @overload
    def on(
        self,
        wire_type: Literal["welcome"],
        callback: Callable[[models.WelcomeNotice], object],
    ) -> Callable[[], None]: ...

    @overload
    def on(
        self,
        wire_type: Literal["token.expiring"],
        callback: Callable[[models.TokenExpiringNotice], object],
    ) -> Callable[[], None]: ...

    @overload
    def on(
        self,
        wire_type: Literal["error"],
        callback: Callable[[models.ErrorNotice], object],
    ) -> Callable[[], None]: ...

    @overload
    def on(
        self,
        wire_type: Literal["topic.reset"],
        callback: Callable[[models.TopicResetNotice], object],
    ) -> Callable[[], None]: ...

    @overload
    def on(
        self,
        wire_type: Literal["system_alert"],
        callback: Callable[[models.SystemAlertNotice], object],
    ) -> Callable[[], None]: ...

    @overload
    def on(
        self,
        wire_type: Literal["shutdown"],
        callback: Callable[[models.ShutdownNotice], object],
    ) -> Callable[[], None]: ...

    def on(self, wire_type: str, callback: Callable[[Any], object]) -> Callable[[], None]:
        """Calls `callback` with each push of this type, and gives a function that ends it."""
        return self.on_push(wire_type, callback)


class Requests(BlockingRequests):
    """The requests, without `await`."""

    def ping(
        self,
        *,
        timeout: float | None = None,
    ) -> models.PongResponse:
        """Is the server there?

        Answered at once, with the server's clock. (A WebSocket ping works too.)
        """
        return self.send_request(tables.REQUEST_PING, {}, timeout)

    def get_status(
        self,
        *,
        timeout: float | None = None,
    ) -> models.StatusReport:
        """What the server knows of this connection.

        Identity, subscriptions with their positions, counters and limits.
        """
        return self.send_request(tables.REQUEST_GET_STATUS, {}, timeout)

    def bars_history(
        self,
        *,
        symbol: str,
        count_back: int | None = None,
        from_: int | None = None,
        resolution: models.BarResolution | None = None,
        to: int | None = None,
        timeout: float | None = None,
    ) -> models.BarsHistoryResult:
        """Closed bars of the past.

        Bars in ascending order of time: those that open in `[from, to)`, or the last `count_back`
        before `to`. Without `to`, up to now. At most 5,000; the bar in progress is not among them.
        """
        return self.send_request(tables.REQUEST_BARS_HISTORY, {"symbol": symbol, "count_back": count_back, "from": from_, "resolution": resolution, "to": to}, timeout)

    def symbols_search(
        self,
        *,
        query: str,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> models.SymbolsSearchResult:
        """Find symbols by name.

        Matches the symbol and the description, ignoring case; symbols that begin with the text
        come first.
        """
        return self.send_request(tables.REQUEST_SYMBOLS_SEARCH, {"query": query, "limit": limit}, timeout)

    def symbols_resolve(
        self,
        *,
        symbol: str,
        timeout: float | None = None,
    ) -> models.SymbolInfo:
        """All about one symbol.

        Trading session, currency, precision, the resolutions and the span of the data.
        """
        return self.send_request(tables.REQUEST_SYMBOLS_RESOLVE, {"symbol": symbol}, timeout)


class SyncClient(Requests, BlockingClient):
    """A client without `await`, used by `with`."""

    def bars(
        self,
        *,
        symbol: str,
        resolution: models.BarResolution = "1",
        history: int | None = None,
        since: Position | None = None,
    ) -> BlockingSubscription[
        models.BarUpdate,
        Update[models.BarUpdate],
    ]:
        """One update for each change of the bar in progress, and a last one with `closed: true` when
        it ends. Bars of all resolutions come from one stream of trades, so they always agree.
        Subscribe first, then ask `bars.history`: together they have no hole, and where they
        overlap, the bar's `time` tells.
        """
        return self.follow(tables.TOPIC_BARS, {"symbol": symbol, "resolution": resolution}, history=history, since=since)

    def quotes(
        self,
        *,
        symbol: str,
        history: int | None = None,
        since: Position | None = None,
    ) -> BlockingSubscription[
        models.QuoteUpdate,
        Update[models.QuoteUpdate],
    ]:
        """One update for each change of the best bid or the best ask."""
        return self.follow(tables.TOPIC_QUOTES, {"symbol": symbol}, history=history, since=since)

    def trades(
        self,
        *,
        symbol: str,
        history: int | None = None,
        since: Position | None = None,
    ) -> BlockingSubscription[
        models.TradeUpdate,
        Update[models.TradeUpdate],
    ]:
        """One update for each trade, in the order of execution."""
        return self.follow(tables.TOPIC_TRADES, {"symbol": symbol}, history=history, since=since)

    def orderbook(
        self,
        *,
        symbol: str,
        since: Position | None = None,
    ) -> BlockingSubscription[
        Snapshot[models.BookSnapshot] | Update[models.BookUpdate],
        Snapshot[models.BookSnapshot] | Update[models.BookUpdate],
    ]:
        """First a snapshot: what is wanted and what is offered at the 25 best prices of either side.
        Then one update for each change, with the levels that have changed; applied to the snapshot
        in the order of `seq`, they keep it equal to the server's book. A level that falls out of
        the 25 best is removed like one that is gone. The best levels are the quote.
        """
        return self.follow(tables.TOPIC_ORDERBOOK, {"symbol": symbol}, since=since)


class Fetch(Requests, BlockingFetch):
    """Single requests without `await`, each over a connection of its own."""


def connect(
    url: str,
    *,
    token: Token | None = None,
    timeout: float = 10.0,
    backoff: Backoff = Backoff(),
    validate_incoming: bool = False,
    buffer: int = 1024,
    offline: Offline | None = None,
) -> Client:
    """A client of the server at `url`, to be used by `async with`.

    `token` is a token or a function that gives one, asked anew for each connection. `timeout` is
    that of requests, in seconds. `validate_incoming` checks what the server sends against the
    contract. `buffer` is how many items a loop may lag behind. `offline` says what is played while
    there is no server.
    """
    return Client(
        tables.CONTRACT,
        url,
        token=token,
        timeout=timeout,
        backoff=backoff,
        validate_incoming=validate_incoming,
        buffer=buffer,
        offline=offline,
    )


def connect_sync(
    url: str,
    *,
    token: Token | None = None,
    timeout: float = 10.0,
    backoff: Backoff = Backoff(),
    validate_incoming: bool = False,
    buffer: int = 1024,
    offline: Offline | None = None,
) -> SyncClient:
    """The same without `await`, to be used by `with`."""

    def make() -> Client:
        return connect(
            url,
            token=token,
            timeout=timeout,
            backoff=backoff,
            validate_incoming=validate_incoming,
            buffer=buffer,
            offline=offline,
        )

    return SyncClient(make)


def fetch(url: str, *, token: Token | None = None, timeout: float = 10.0) -> Fetch:
    """For single requests without `await`: `fetch(url).some_request(…)`."""
    return Fetch(lambda: connect(url, token=token, timeout=timeout))
