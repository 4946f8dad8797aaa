"""The types of the contract. Generated; see `README.md`."""

from __future__ import annotations

import datetime as _datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from ._runtime.model import Model, parse_date, parse_datetime

# Who took the other's offer.
AggressorSide: TypeAlias = Literal[
    "buy",
    "sell",
]

# How much it matters.
AlertLevel: TypeAlias = Literal[
    "info",
    "warning",
    "critical",
]

# The length of a bar, in minutes, or `D` for a trading day.
BarResolution: TypeAlias = Literal[
    "1",
    "5",
    "15",
    "30",
    "60",
    "240",
    "D",
]

# What went wrong.
#
# | code | meaning |
# |---|---|
# | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
# | `unsupported_data` | a binary frame where text was agreed on |
# | `unknown_type` | the contract has no such `type` |
# | `not_a_request` | a `type` that only the server sends |
# | `invalid_frame` | the frame breaks its schema; `details` has every violation |
# | `invalid_topic` | not a topic of this contract |
# | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
# | `forbidden` | not permitted, or not there (deliberately alike) |
# | `limit_exceeded` | a limit of this connection or of the server is reached |
# | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
# | `connection_required` | subscribing needs a WebSocket |
# | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
# | `not_implemented` | nothing in this server answers this request |
# | `topic_unavailable` | the source of the topic could not be started |
# | `unknown_symbol` | there is no such symbol |
# | `invalid_range` | the range of time is empty or contradicts itself |
# | `unavailable` | the server is stopping or too busy; try again |
# | `internal` | a fault of the server |
ErrorCode: TypeAlias = Literal[
    "invalid_json",
    "unsupported_data",
    "unknown_type",
    "not_a_request",
    "invalid_frame",
    "invalid_topic",
    "unauthenticated",
    "forbidden",
    "limit_exceeded",
    "rate_limited",
    "connection_required",
    "snapshot_required",
    "not_implemented",
    "topic_unavailable",
    "unknown_symbol",
    "invalid_range",
    "unavailable",
    "internal",
]

# `validation_error`: the frame breaks the contract. `business_logic_error`: it is well
# formed and cannot be fulfilled. `system_error`: the server failed.
ErrorSeverity: TypeAlias = Literal[
    "validation_error",
    "business_logic_error",
    "system_error",
]

# What is traded.
InstrumentKind: TypeAlias = Literal[
    "stock",
    "crypto",
    "synthetic",
    "other",
]

# `anonymous`: has not said who it is. `user`: has shown a token.
PrincipalKind: TypeAlias = Literal[
    "anonymous",
    "user",
]

# The WebSocket subprotocol that was agreed on.
ProtocolName: TypeAlias = Literal[
    "tickwire.v1.json",
    "tickwire.v1.msgpack",
]

# `overflow`: updates were dropped for this connection. `restarted`: the stream began anew
# in another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:
# the subscription is over, since the client's new token does not permit it any more.
ResetReason: TypeAlias = Literal[
    "overflow",
    "restarted",
    "ended",
    "revoked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarUpdate(Model):
    """The whole state of one bar."""

    close: float
    """A price in the currency of the symbol."""

    closed: bool
    """Whether the bar has ended; no update of it follows."""

    high: float
    """A price in the currency of the symbol."""

    low: float
    """A price in the currency of the symbol."""

    open: float
    """A price in the currency of the symbol."""

    resolution: BarResolution
    """The length of a bar, in minutes, or `D` for a trading day."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    volume: float
    """A number of shares, contracts or coins."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BarUpdate:
        return cls(
            close=float(data["close"]),
            closed=data["closed"],
            high=float(data["high"]),
            low=float(data["low"]),
            open=float(data["open"]),
            resolution=data["resolution"],
            symbol=data["symbol"],
            time=data["time"],
            volume=float(data["volume"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsHistoryResult(Model):
    """Closed bars, ascending by `time`. `more` is true when the range holds more than 5,000;
    these are then the latest, and a request with `to` at the first one's time continues.
    """

    bars: tuple[OhlcvBar, ...]
    """The bars, oldest first."""

    more: bool
    """Whether the range holds more than was returned."""

    resolution: BarResolution
    """The length of a bar, in minutes, or `D` for a trading day."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BarsHistoryResult:
        return cls(
            bars=tuple(OhlcvBar.from_dict(item) for item in data["bars"]),
            more=data["more"],
            resolution=data["resolution"],
            symbol=data["symbol"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLevel(Model):
    """A price with all that is wanted or offered there."""

    price: float
    """A price in the currency of the symbol."""

    size: float
    """A number of shares, contracts or coins."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BookLevel:
        return cls(
            price=float(data["price"]),
            size=float(data["size"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSnapshot(Model):
    """All levels of the book, best first. It replaces what was known of the topic."""

    asks: tuple[BookLevel, ...]
    """What is offered, prices ascending."""

    bids: tuple[BookLevel, ...]
    """What is wanted, prices descending."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BookSnapshot:
        return cls(
            asks=tuple(BookLevel.from_dict(item) for item in data["asks"]),
            bids=tuple(BookLevel.from_dict(item) for item in data["bids"]),
            symbol=data["symbol"],
            time=data["time"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookUpdate(Model):
    """The levels that have changed, best first. A size replaces the one at that price; 0 removes
    the level. Without the levels that it removes, a side has never more than 25.
    """

    asks: tuple[BookLevel, ...]
    """Changes of the selling side, prices ascending."""

    bids: tuple[BookLevel, ...]
    """Changes of the buying side, prices descending."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BookUpdate:
        return cls(
            asks=tuple(BookLevel.from_dict(item) for item in data["asks"]),
            bids=tuple(BookLevel.from_dict(item) for item in data["bids"]),
            symbol=data["symbol"],
            time=data["time"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionCounters(Model):
    """What has passed over a connection so far."""

    bytes_received: int
    """A size in bytes."""

    bytes_sent: int
    """A size in bytes."""

    frames_received: int
    """A number of things."""

    frames_sent: int
    """A number of things."""

    invalid_frames: int
    """A number of things."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ConnectionCounters:
        return cls(
            bytes_received=data["bytes_received"],
            bytes_sent=data["bytes_sent"],
            frames_received=data["frames_received"],
            frames_sent=data["frames_sent"],
            invalid_frames=data["invalid_frames"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits(Model):
    """What holds for a connection: the largest inbound frame in bytes, the number of
    subscriptions, how many invalid frames in a row close the connection, how many requests
    may wait for their answers at a time (further ones are read later), how many frames a
    second may come in the long run (twice as many at once), and how many milliseconds old
    the connection may get: then it is closed, so that connections spread over servers anew.
    """

    max_connection_age_ms: int
    """A duration in milliseconds."""

    max_frame_bytes: int
    """A size in bytes."""

    max_frames_per_second: int
    """A number of things."""

    max_invalid_frames: int
    """A number of things."""

    max_requests_in_flight: int
    """A number of things."""

    max_subscriptions: int
    """A number of things."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ConnectionLimits:
        return cls(
            max_connection_age_ms=data["max_connection_age_ms"],
            max_frame_bytes=data["max_frame_bytes"],
            max_frames_per_second=data["max_frames_per_second"],
            max_invalid_frames=data["max_invalid_frames"],
            max_requests_in_flight=data["max_requests_in_flight"],
            max_subscriptions=data["max_subscriptions"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractInfo(Model):
    """The contract that is served."""

    title: str
    """Text for people."""

    version: str
    """Text for people."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ContractInfo:
        return cls(
            title=data["title"],
            version=data["version"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorDetail(Model):
    """One violation, with its place in the frame."""

    message: str
    """Text for people."""

    pointer: str
    """A place in the request's frame, RFC 6901. Empty for the frame as a whole."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ErrorDetail:
        return cls(
            message=data["message"],
            pointer=data["pointer"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorNotice(Model):
    """Why a request failed, for programs (`code`, `retryable`) and for people (`message`)."""

    code: ErrorCode
    """What went wrong.

    | code | meaning |
    |---|---|
    | `invalid_json` | not a JSON object, a duplicate key, nested too deeply, or a number out of range |
    | `unsupported_data` | a binary frame where text was agreed on |
    | `unknown_type` | the contract has no such `type` |
    | `not_a_request` | a `type` that only the server sends |
    | `invalid_frame` | the frame breaks its schema; `details` has every violation |
    | `invalid_topic` | not a topic of this contract |
    | `unauthenticated` | needs a valid token: there is none, or this one is not valid |
    | `forbidden` | not permitted, or not there (deliberately alike) |
    | `limit_exceeded` | a limit of this connection or of the server is reached |
    | `rate_limited` | too many requests in a short time; `retry_after_ms` says when there is room again |
    | `connection_required` | subscribing needs a WebSocket |
    | `snapshot_required` | a change was published of what the server does not know: publish a snapshot first |
    | `not_implemented` | nothing in this server answers this request |
    | `topic_unavailable` | the source of the topic could not be started |
    | `unknown_symbol` | there is no such symbol |
    | `invalid_range` | the range of time is empty or contradicts itself |
    | `unavailable` | the server is stopping or too busy; try again |
    | `internal` | a fault of the server |
    """

    details: tuple[ErrorDetail, ...]
    """Every violation that was found; empty when there is no place to point to."""

    message: str
    """Text for people."""

    retryable: bool
    """Whether the same request may succeed later."""

    severity: ErrorSeverity
    """`validation_error`: the frame breaks the contract. `business_logic_error`: it is well
    formed and cannot be fulfilled. `system_error`: the server failed.
    """

    request_type: str | None = None
    """The `type` of a frame."""

    retry_after_ms: int | None = None
    """A duration in milliseconds."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ErrorNotice:
        return cls(
            code=data["code"],
            details=tuple(ErrorDetail.from_dict(item) for item in data["details"]),
            message=data["message"],
            retryable=data["retryable"],
            severity=data["severity"],
            request_type=data.get("request_type"),
            retry_after_ms=data.get("retry_after_ms"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OhlcvBar(Model):
    """A closed bar."""

    close: float
    """A price in the currency of the symbol."""

    high: float
    """A price in the currency of the symbol."""

    low: float
    """A price in the currency of the symbol."""

    open: float
    """A price in the currency of the symbol."""

    time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    volume: float
    """A number of shares, contracts or coins."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> OhlcvBar:
        return cls(
            close=float(data["close"]),
            high=float(data["high"]),
            low=float(data["low"]),
            open=float(data["open"]),
            time=data["time"],
            volume=float(data["volume"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PongResponse(Model):
    """The server's clock, for computing an offset."""

    server_time: _datetime.datetime
    """An instant, RFC 3339 in UTC."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PongResponse:
        return cls(
            server_time=parse_datetime(data["server_time"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipalInfo(Model):
    """Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
    permissions, and when it expires, where it does.
    """

    kind: PrincipalKind
    """`anonymous`: has not said who it is. `user`: has shown a token."""

    expires_at: _datetime.datetime | None = None
    """An instant, RFC 3339 in UTC."""

    permissions: tuple[str, ...] | None = None
    """What it may do beyond what is public."""

    sub: str | None = None
    """Names a principal, the `sub` of its token."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PrincipalInfo:
        return cls(
            kind=data["kind"],
            expires_at=parse_datetime(data["expires_at"]) if "expires_at" in data else None,
            permissions=tuple(data["permissions"]) if "permissions" in data else None,
            sub=data.get("sub"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteUpdate(Model):
    """The best bid and ask, with what is offered there."""

    ask: float
    """A price in the currency of the symbol."""

    ask_size: float
    """A number of shares, contracts or coins."""

    bid: float
    """A price in the currency of the symbol."""

    bid_size: float
    """A number of shares, contracts or coins."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> QuoteUpdate:
        return cls(
            ask=float(data["ask"]),
            ask_size=float(data["ask_size"]),
            bid=float(data["bid"]),
            bid_size=float(data["bid_size"]),
            symbol=data["symbol"],
            time=data["time"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInfo(Model):
    """The program that serves the contract."""

    name: str
    """Text for people."""

    version: str
    """Text for people."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ServerInfo:
        return cls(
            name=data["name"],
            version=data["version"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutdownNotice(Model):
    """The server stops; what to do."""

    message: str
    """Text for people."""

    reconnect_after_ms: int
    """A duration in milliseconds."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ShutdownNotice:
        return cls(
            message=data["message"],
            reconnect_after_ms=data["reconnect_after_ms"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport(Model):
    """What the server knows of a connection."""

    connected_at: _datetime.datetime
    """An instant, RFC 3339 in UTC."""

    connection_id: str
    """Names a connection, in this frame and in the server's log."""

    counters: ConnectionCounters
    """What has passed over a connection so far."""

    limits: ConnectionLimits
    """What holds for a connection: the largest inbound frame in bytes, the number of
    subscriptions, how many invalid frames in a row close the connection, how many requests
    may wait for their answers at a time (further ones are read later), how many frames a
    second may come in the long run (twice as many at once), and how many milliseconds old
    the connection may get: then it is closed, so that connections spread over servers anew.
    """

    principal: PrincipalInfo
    """Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
    permissions, and when it expires, where it does.
    """

    server_time: _datetime.datetime
    """An instant, RFC 3339 in UTC."""

    subscriptions: tuple[TopicPosition, ...]
    """The topics subscribed to, with the newest position of each."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> StatusReport:
        return cls(
            connected_at=parse_datetime(data["connected_at"]),
            connection_id=data["connection_id"],
            counters=ConnectionCounters.from_dict(data["counters"]),
            limits=ConnectionLimits.from_dict(data["limits"]),
            principal=PrincipalInfo.from_dict(data["principal"]),
            server_time=parse_datetime(data["server_time"]),
            subscriptions=tuple(TopicPosition.from_dict(item) for item in data["subscriptions"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSplit(Model):
    """A stock split."""

    date: _datetime.date
    """A day, `YYYY-MM-DD`."""

    ratio: str
    """New shares for old ones, `2:1`."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> StockSplit:
        return cls(
            date=parse_date(data["date"]),
            ratio=data["ratio"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolInfo(Model):
    """All about one symbol. Its data span `first_time` to `last_time`, which is left out when
    there is no end; `currency` is left out when unknown.
    """

    adjusted: bool
    """Whether prices before a split were divided by its ratio."""

    description: str
    """Text for people."""

    exchange: str
    """Text for people."""

    first_time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    kind: InstrumentKind
    """What is traded."""

    price_decimals: int
    """Digits after the decimal point."""

    resolutions: tuple[BarResolution, ...]
    """The resolutions in which its bars can be had."""

    session: str
    """Opening and closing time in the symbol's time zone, `HHMM-HHMM`, or `24x7`."""

    source: str
    """Text for people."""

    splits: tuple[StockSplit, ...]
    """Splits within the data, oldest first."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    timezone: str
    """A time zone of the IANA database."""

    currency: str | None = None
    """ISO 4217 code of a currency, or the ticker of a coin."""

    last_time: int | None = None
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SymbolInfo:
        return cls(
            adjusted=data["adjusted"],
            description=data["description"],
            exchange=data["exchange"],
            first_time=data["first_time"],
            kind=data["kind"],
            price_decimals=data["price_decimals"],
            resolutions=tuple(data["resolutions"]),
            session=data["session"],
            source=data["source"],
            splits=tuple(StockSplit.from_dict(item) for item in data["splits"]),
            symbol=data["symbol"],
            timezone=data["timezone"],
            currency=data.get("currency"),
            last_time=data.get("last_time"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolSummary(Model):
    """A symbol in a list."""

    description: str
    """Text for people."""

    exchange: str
    """Text for people."""

    kind: InstrumentKind
    """What is traded."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SymbolSummary:
        return cls(
            description=data["description"],
            exchange=data["exchange"],
            kind=data["kind"],
            symbol=data["symbol"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolsSearchResult(Model):
    """The matches, best first."""

    symbols: tuple[SymbolSummary, ...]
    """At most as many as asked for."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SymbolsSearchResult:
        return cls(
            symbols=tuple(SymbolSummary.from_dict(item) for item in data["symbols"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemAlertNotice(Model):
    """A notice about the service."""

    code: str
    """The kind of the notice, for programs."""

    level: AlertLevel
    """How much it matters."""

    message: str
    """Text for people."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SystemAlertNotice:
        return cls(
            code=data["code"],
            level=data["level"],
            message=data["message"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenExpiringNotice(Model):
    """When the token expires. The duration is of use to a client whose clock is wrong."""

    expires_at: _datetime.datetime
    """An instant, RFC 3339 in UTC."""

    expires_in_ms: int
    """A duration in milliseconds."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TokenExpiringNotice:
        return cls(
            expires_at=parse_datetime(data["expires_at"]),
            expires_in_ms=data["expires_in_ms"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPosition(Model):
    """A topic and the newest position in its stream."""

    epoch: str
    """Names one life of a topic's stream. Positions of different epochs do not compare."""

    seq: int
    """Number of an update within its epoch. The first is 1; 0 is before the first."""

    topic: str
    """A topic, such as `bars:AAPL:1`."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TopicPosition:
        return cls(
            epoch=data["epoch"],
            seq=data["seq"],
            topic=data["topic"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResetNotice(Model):
    """How a topic's stream was broken, and the position from which it is whole again. For
    `overflow`, `from` and `to` are the first and the last update that were dropped.
    """

    epoch: str
    """Names one life of a topic's stream. Positions of different epochs do not compare."""

    message: str
    """Text for people."""

    reason: ResetReason
    """`overflow`: updates were dropped for this connection. `restarted`: the stream began anew
    in another epoch. `ended`: there are no more updates, the subscription is over. `revoked`:
    the subscription is over, since the client's new token does not permit it any more.
    """

    seq: int
    """Number of an update within its epoch. The first is 1; 0 is before the first."""

    topic: str
    """A topic, such as `bars:AAPL:1`."""

    from_: int | None = None
    """Number of an update within its epoch. The first is 1; 0 is before the first."""

    to: int | None = None
    """Number of an update within its epoch. The first is 1; 0 is before the first."""

    wire_names: ClassVar[Mapping[str, str]] = {"from_": "from"}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TopicResetNotice:
        return cls(
            epoch=data["epoch"],
            message=data["message"],
            reason=data["reason"],
            seq=data["seq"],
            topic=data["topic"],
            from_=data.get("from"),
            to=data.get("to"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeUpdate(Model):
    """One trade."""

    price: float
    """A price in the currency of the symbol."""

    side: AggressorSide
    """Who took the other's offer."""

    size: float
    """A number of shares, contracts or coins."""

    symbol: str
    """The name of an instrument, such as `AAPL`, `BRK.B` or `BTC-USD`."""

    time: int
    """Milliseconds since 1970-01-01T00:00:00Z. A bar is named by the time at which it opens; a
    bar of a day by midnight UTC of its date.
    """

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TradeUpdate:
        return cls(
            price=float(data["price"]),
            side=data["side"],
            size=float(data["size"]),
            symbol=data["symbol"],
            time=data["time"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeNotice(Model):
    """What a client should know before it asks anything."""

    connection_id: str
    """Names a connection, in this frame and in the server's log."""

    contract: ContractInfo
    """The contract that is served."""

    heartbeat_interval_ms: int
    """A duration in milliseconds."""

    limits: ConnectionLimits
    """What holds for a connection: the largest inbound frame in bytes, the number of
    subscriptions, how many invalid frames in a row close the connection, how many requests
    may wait for their answers at a time (further ones are read later), how many frames a
    second may come in the long run (twice as many at once), and how many milliseconds old
    the connection may get: then it is closed, so that connections spread over servers anew.
    """

    principal: PrincipalInfo
    """Whom the server takes the client for. Of a user, also what its token says: its `sub`, the
    permissions, and when it expires, where it does.
    """

    protocol: ProtocolName
    """The WebSocket subprotocol that was agreed on."""

    server: ServerInfo
    """The program that serves the contract."""

    server_time: _datetime.datetime
    """An instant, RFC 3339 in UTC."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> WelcomeNotice:
        return cls(
            connection_id=data["connection_id"],
            contract=ContractInfo.from_dict(data["contract"]),
            heartbeat_interval_ms=data["heartbeat_interval_ms"],
            limits=ConnectionLimits.from_dict(data["limits"]),
            principal=PrincipalInfo.from_dict(data["principal"]),
            protocol=data["protocol"],
            server=ServerInfo.from_dict(data["server"]),
            server_time=parse_datetime(data["server_time"]),
        )
