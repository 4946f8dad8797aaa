"""Every exception that a client raises. All are `TickwireError`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a frame breaks its schema."""

    pointer: str
    """A JSON Pointer (RFC 6901) into the frame, such as `/payload/symbol`."""
    message: str
    """What is wrong there, for people."""


def misshapen(error: Exception) -> Violation:
    """What reading a payload failed by, as a violation."""
    return Violation("/payload", f"{type(error).__name__}: {error}")


class TickwireError(Exception):
    """The base of all."""


class ServerError(TickwireError):
    """The server answered with `error`."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        severity: str = "business_logic_error",
        retryable: bool = False,
        retry_after: float | None = None,
        details: tuple[Violation, ...] = (),
        request_type: str | None = None,
    ) -> None:
        super().__init__(code, message)
        self.code = code
        """For programs, such as `unknown_symbol`."""
        self.message = message
        """For people."""
        self.severity = severity
        """`validation_error`, `business_logic_error` or `system_error`."""
        self.retryable = retryable
        """Whether the same request may succeed later."""
        self.retry_after = retry_after
        """Seconds to wait before that, where the server said so."""
        self.details = details
        """Every violation that the server found."""
        self.request_type = request_type
        """The wire type of what was asked."""

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """Makes one of the payload of an `error` frame, or of what a batch says of one topic."""
        retry_after_ms = payload.get("retry_after_ms")
        return cls(
            str(payload.get("code", "unknown")),
            str(payload.get("message", "")),
            severity=str(payload.get("severity", "business_logic_error")),
            retryable=payload.get("retryable") is True,
            retry_after=None if retry_after_ms is None else retry_after_ms / 1000,
            details=tuple(
                Violation(str(detail["pointer"]), str(detail["message"]))
                for detail in payload.get("details", ())
            ),
            request_type=payload.get("request_type"),
        )

    def __str__(self) -> str:
        asked = f"{self.request_type}: " if self.request_type else ""
        places = "".join(f"\n  {one.pointer or '/'}: {one.message}" for one in self.details)
        return f"{asked}{self.message} ({self.code}){places}"


class SubscriptionRefused(ServerError):
    """A topic was refused, or is no longer allowed; its subscription is over."""


class InvalidFrame(TickwireError):
    """A frame that breaks the contract. A request that raises this has not been sent."""

    def __init__(self, wire_type: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(wire_type, violations)
        self.wire_type = wire_type
        """The `type` of the frame; empty where it has none."""
        self.violations = violations
        """At least one. The pointer is empty where the frame as a whole is meant."""

    def __str__(self) -> str:
        places = "".join(f"\n  {one.pointer or '/'}: {one.message}" for one in self.violations)
        return f"{self.wire_type or 'a frame'} does not satisfy the contract{places}"


class InvalidAnswer(InvalidFrame):
    """The answer to a request breaks the contract. The request may have been carried out."""


class RequestTimeout(TickwireError, TimeoutError):
    """No answer came in time. The request may have been carried out."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class ConnectionLost(TickwireError, ConnectionError):
    """The connection broke before the answer came. The request may have been carried out.

    It is not sent again by itself. Subscriptions survive, so they never raise this.
    """

    def __init__(self, message: str, *, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        """The close code, if there was one."""


class ClientClosed(TickwireError):
    """There is no connection and there will be none.

    Either the client was closed here (`code` is `None`), or the server said to stop: by a close
    code such as 4403, by HTTP status 401 or 403, or by refusing the token.
    """

    def __init__(self, message: str, *, code: int | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        """The close code."""
        self.status = status
        """The HTTP status of the handshake."""


class SlowConsumer(TickwireError):
    """An iterator's buffer is full: its loop takes items more slowly than they come.

    Raised after the items that the buffer held. What follows them is lost to this iterator, others
    of the same topic go on. Not raised for topics with delivery `latest`, which keep the newest.
    """
