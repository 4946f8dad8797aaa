#!/usr/bin/env python3
"""The packages `websockets` and `msgpack`: python.py URL CUT_OFF PROTOCOL

The scenario of scenario.js, in Python.
"""

import json
import sys
import urllib.request
from contextlib import contextmanager
from itertools import count

import msgpack
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

SYMBOL = "SYN0001"
TOPIC = f"trades:{SYMBOL}"
# Longer than anything here takes, also on a busy machine.
PATIENCE_SECONDS = 20

# How frames are written, by subprotocol.
CODECS = {
    "tickwire.v1.json": (json.dumps, json.loads),
    "tickwire.v1.msgpack": (msgpack.packb, msgpack.unpackb),
}


class Client:
    """A connection that has been welcomed."""

    def __init__(self, socket: ClientConnection, protocol: str):
        self.socket = socket
        self.encode, self.decode = CODECS[protocol]
        self.unread = []
        self.ids = map(str, count(1))
        welcome = self.next(lambda frame: frame["type"] == "welcome")
        assert socket.subprotocol == welcome["payload"]["protocol"] == protocol, welcome

    def next(self, wanted) -> dict:
        """The next frame that `wanted` accepts; others stay for whoever wants them."""
        for index, frame in enumerate(self.unread):
            if wanted(frame):
                return self.unread.pop(index)
        while True:
            frame = self.decode(self.socket.recv(timeout=PATIENCE_SECONDS))
            if wanted(frame):
                return frame
            self.unread.append(frame)

    def ask(self, wire_type: str, payload: dict) -> dict:
        """Sends a request and returns its answer."""
        msg_id = next(self.ids)
        self.socket.send(self.encode({"type": wire_type, "msg_id": msg_id, "payload": payload}))
        return self.next(lambda frame: frame["msg_id"] == msg_id)

    def follow(self, seq: int, updates: int) -> int:
        """Takes so many updates, which have to go on behind `seq`; the last one's number."""
        for expected in range(seq + 1, seq + updates + 1):
            update = self.next(lambda frame: frame.get("topic") == TOPIC)
            assert update["seq"] == expected, f"{update} instead of {expected}"
        return seq + updates

    def agreed(self) -> str:
        extensions = self.socket.response.headers.get("Sec-WebSocket-Extensions")
        return f"{self.socket.subprotocol}, {extensions or 'no extension'}"


@contextmanager
def opened(url: str, protocol: str):
    with connect(url, subprotocols=[protocol]) as socket:
        yield Client(socket, protocol)


def first_connection(client: Client, cut: str) -> dict:
    """Up to where it is cut off; the position that it has reached by then."""
    assert client.ask("ping", {})["type"] == "pong"
    # A ping of RFC 6455, which libraries answer by themselves.
    assert client.socket.ping().wait(PATIENCE_SECONDS), "no pong"

    invalid = client.ask("ping", {"surplus": 1})
    assert (invalid["type"], invalid["payload"]["code"]) == ("error", "invalid_frame"), invalid
    assert client.ask("ping", {})["type"] == "pong"

    subscribed = client.ask("trades.subscribe", {"symbol": SYMBOL})["payload"]
    assert subscribed["status"] == "subscribed", subscribed
    # Silent for longer than the server waits for a pong.
    seq = client.follow(subscribed["seq"], 250)

    topics = [f"quotes:{SYMBOL}", f"bars:{SYMBOL}:1"]
    batch = client.ask("subscribe", {"topics": topics})["payload"]["results"]
    statuses = [(result["topic"], result["status"]) for result in batch]
    assert statuses == [(topic, "subscribed") for topic in topics], batch
    for topic in topics:
        client.next(lambda frame: frame.get("topic") == topic)
    left = client.ask("unsubscribe", {"topics": topics})["payload"]["results"]
    assert [result["status"] for result in left] == ["unsubscribed"] * 2, left
    client.unread = [frame for frame in client.unread if frame.get("topic") == TOPIC]
    seq = client.follow(seq, 10)
    assert not client.unread, f"after an unsubscribe came {client.unread}"

    urllib.request.urlopen(urllib.request.Request(cut, method="POST")).close()
    try:
        while True:
            client.socket.recv(timeout=PATIENCE_SECONDS)
    except ConnectionClosedError:
        return {"epoch": subscribed["epoch"], "seq": seq}


def second_connection(client: Client, since: dict) -> None:
    """Goes on where the first was cut off, and ends in order."""
    resumed = client.ask("trades.subscribe", {"symbol": SYMBOL, "since": since})["payload"]
    assert resumed["recovered"] is True and resumed["epoch"] == since["epoch"], resumed
    assert resumed["seq"] >= since["seq"], resumed
    client.follow(since["seq"], resumed["seq"] - since["seq"] + 10)

    status = client.ask("get_status", {})["payload"]
    assert [position["topic"] for position in status["subscriptions"]] == [TOPIC], status
    unsubscribed = client.ask("trades.unsubscribe", {"symbol": SYMBOL})["payload"]
    assert unsubscribed["status"] == "unsubscribed", unsubscribed

    client.socket.close(code=1000)
    assert client.socket.close_code == 1000, client.socket.close_code


def main(url: str, cut: str, protocol: str) -> None:
    with opened(url, protocol) as client:
        since = first_connection(client, cut)
        print(client.agreed())
    with opened(url, protocol) as client:
        second_connection(client, since)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
