"""A server in this process, behind the client's own seam: what a test says is what the client meets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from tickwire import Backoff, Client, Offline
from tickwire import _contract as tables
from tickwire._runtime.transport import HandshakeRefused, TransportClosed

Frame = dict[str, Any]

WELCOME = json.loads(
    """{"type": "welcome", "msg_id": "w", "direction": "s2c", "timestamp": "2026-01-01T00:00:00Z", "payload": {
    "connection_id": "0b7d2d0a-6d1c-4c6e-9a55-0d4d8d3c0001", "protocol": "tickwire.v1.json",
    "server": {"name": "fake", "version": "0"}, "contract": {"title": "Tickwire", "version": "0.1.0"},
    "server_time": "2026-01-01T00:00:00Z", "principal": {"kind": "anonymous"}, "heartbeat_interval_ms": 30000,
    "limits": {"max_frame_bytes": 65536, "max_subscriptions": 1024, "max_invalid_frames": 10,
    "max_requests_in_flight": 32, "max_frames_per_second": 1000, "max_connection_age_ms": 3600000}}}"""
)


class Socket:
    """One connection, seen from the server."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[Frame] = asyncio.Queue()
        self._incoming: asyncio.Queue[str | TransportClosed] = asyncio.Queue()
        self.closed = False

    # The client's side.

    async def send(self, text: str) -> None:
        self.sent.put_nowait(json.loads(text))

    async def receive(self) -> str:
        message = await self._incoming.get()
        if isinstance(message, TransportClosed):
            raise message
        return message

    async def ping(self) -> None: ...

    async def close(self) -> None:
        self.closed = True

    # The server's.

    def say(self, frame: Frame | str) -> None:
        self._incoming.put_nowait(frame if isinstance(frame, str) else json.dumps(frame))

    def answer(self, request: Frame, wire_type: str, payload: Frame) -> None:
        self.say(
            {
                "type": wire_type,
                "msg_id": request["msg_id"],
                "direction": "s2c",
                "timestamp": "2026-01-01T00:00:00Z",
                "payload": payload,
            }
        )

    def end(self, code: int | None) -> None:
        self._incoming.put_nowait(TransportClosed(code, "told by the test"))

    async def expect(self, wire_type: str) -> Frame:
        """The next frame of the client, which has to be of this type."""
        frame = await asyncio.wait_for(self.sent.get(), 10)
        assert frame["type"] == wire_type, frame
        return frame

    async def subscribed(self, seq: int = 0, epoch: str = "e1", **more: Any) -> Frame:
        """Answers the next subscription, whether it comes alone or in a batch."""
        frame = await asyncio.wait_for(self.sent.get(), 10)
        told = {"status": "subscribed", "message": "subscribed", "epoch": epoch, "seq": seq, **more}
        if frame["type"] == "subscribe":
            results = [{"topic": topic, **told} for topic in frame["payload"]["topics"]]
            self.answer(frame, "subscription_confirmed", {"results": results})
        else:
            family = frame["type"].removesuffix(".subscribe")
            topic = ":".join([family, *(str(frame["payload"][key]) for key in ("symbol",))])
            self.answer(frame, f"{frame['type']}.response", {"topic": topic, **told})
        return frame

    def trade(self, seq: int, price: float = 1.0) -> None:
        self.say(
            {
                "type": "trades.update",
                "msg_id": f"u{seq}",
                "direction": "s2c",
                "timestamp": "2026-01-01T00:00:00Z",
                "topic": "trades:AAPL",
                "seq": seq,
                "payload": {"symbol": "AAPL", "price": price, "size": 1.0, "side": "buy", "time": seq},
            }
        )


class Server:
    """Accepts connections, or refuses them by an HTTP status."""

    def __init__(self) -> None:
        self.connections: asyncio.Queue[Socket] = asyncio.Queue()
        self.statuses: list[int] = []
        self.opened = 0

    async def open(self, url: str) -> Socket:
        self.opened += 1
        if self.statuses:
            raise HandshakeRefused(self.statuses.pop(0), None)
        socket = Socket()
        socket.say(WELCOME)
        self.connections.put_nowait(socket)
        return socket

    async def accept(self) -> Socket:
        return await asyncio.wait_for(self.connections.get(), 10)

    def client(
        self,
        *,
        token: Callable[[], str] | None = None,
        timeout: float = 10.0,
        buffer: int = 64,
        offline: Offline | None = None,
    ) -> Client:
        return Client(
            tables.CONTRACT,
            "ws://test/ws",
            token=token,
            timeout=timeout,
            backoff=Backoff(base=0.0, random=lambda: 0.0),
            validate_incoming=True,
            buffer=buffer,
            offline=offline,
            open=self.open,
        )
