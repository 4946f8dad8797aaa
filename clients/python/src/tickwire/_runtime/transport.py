"""A WebSocket, on the library `websockets`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeAlias

import websockets
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

SUBPROTOCOL: Final = "tickwire.v1.json"

MAX_MESSAGE_BYTES: Final = 64 * 1024 * 1024
"""A server that sends more in one frame is broken, or not ours."""

CLOSE_TIMEOUT: Final = 2.0
"""Seconds for the server's part of a close. Whoever closes does not want to wait for long."""


class TransportClosed(Exception):
    """There is no socket any more; `code` is `None` when no close frame came."""

    def __init__(self, code: int | None, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class HandshakeRefused(Exception):
    """The server answered the handshake with an HTTP status."""

    def __init__(self, status: int, retry_after: float | None) -> None:
        super().__init__(f"the handshake was refused by HTTP status {status}")
        self.status = status
        self.retry_after = retry_after


class Transport(Protocol):
    """An open socket. `receive` may be cancelled at any time without losing a message."""

    async def send(self, text: str) -> None: ...

    async def receive(self) -> str | bytes: ...

    async def ping(self) -> None:
        """Sends a WebSocket ping and waits for its pong."""

    async def close(self) -> None: ...


Open: TypeAlias = Callable[[str], Awaitable[Transport]]
"""Opens a socket. Raises `HandshakeRefused`, `OSError` or `TimeoutError`."""


class WebSocket:
    """The `Transport` of every program; tests have others."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, text: str) -> None:
        try:
            await self._socket.send(text)
        except ConnectionClosed as closed:
            raise _transport_closed(closed) from closed

    async def receive(self) -> str | bytes:
        try:
            return await self._socket.recv()
        except ConnectionClosed as closed:
            raise _transport_closed(closed) from closed

    async def ping(self) -> None:
        try:
            await (await self._socket.ping())
        except ConnectionClosed as closed:
            raise _transport_closed(closed) from closed

    async def close(self) -> None:
        await self._socket.close()


def _transport_closed(closed: ConnectionClosed) -> TransportClosed:
    received = closed.rcvd
    if received is None:
        return TransportClosed(None, "no close frame came")
    return TransportClosed(received.code, received.reason)


async def open_websocket(url: str) -> Transport:
    """Opens a WebSocket."""
    try:
        socket = await websockets.connect(
            url,
            subprotocols=[websockets.Subprotocol(SUBPROTOCOL)],
            max_size=MAX_MESSAGE_BYTES,
            close_timeout=CLOSE_TIMEOUT,
            # The server pings, and a session looks after silence itself.
            ping_interval=None,
        )
    except InvalidStatus as refused:
        response = refused.response
        seconds = response.headers.get("Retry-After", "")
        retry_after = float(seconds) if seconds.isdecimal() else None
        raise HandshakeRefused(response.status_code, retry_after) from refused
    except InvalidHandshake as invalid:
        raise OSError(f"the handshake failed: {invalid}") from invalid
    except EOFError as ended:
        raise OSError("the connection ended during the handshake") from ended
    return WebSocket(socket)
