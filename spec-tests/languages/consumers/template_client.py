"""The client that the official Python template makes, against a running server: its URL follows."""

import json
import queue
import sys
from typing import Any

from client import Tickwire

PATIENCE_SECONDS = 30


def main(url: str) -> None:
    incoming: queue.Queue[tuple[str, str]] = queue.Queue()

    def expect(handler: str, wire_type: str) -> dict[str, Any]:
        by, text = incoming.get(timeout=PATIENCE_SECONDS)
        frame = json.loads(text)
        assert (by, frame["type"]) == (handler, wire_type), (by, text)
        return frame

    client = Tickwire(url)
    # Handlers are found by the frames' discriminator; what has none of its own, answers among it,
    # comes to the general one.
    client.register_welcome_handler(lambda text: incoming.put(("welcome", text)))
    client.register_bars_update_handler(lambda text: incoming.put(("barsUpdate", text)))
    client.register_error_frame_handler(lambda text: incoming.put(("errorFrame", text)))
    client.register_message_handler(lambda text: incoming.put(("other", text)))
    failures: list[Exception] = []
    client.register_error_handler(failures.append)
    client.connect()
    expect("welcome", "welcome")

    client.ping({"type": "ping", "msg_id": "1", "payload": {}})
    assert expect("other", "pong")["msg_id"] == "1"

    client.bars_subscribe({"type": "bars.subscribe", "msg_id": "2", "payload": {"symbol": "AAPL"}})
    answer = expect("other", "bars.subscribe.response")
    assert answer["payload"]["topic"] == "bars:AAPL:1", answer
    assert expect("barsUpdate", "bars.update")["topic"] == "bars:AAPL:1"

    client.quotes_subscribe({"type": "quotes.subscribe", "msg_id": "3", "payload": {"symbol": "aapl"}})
    while True:
        by, text = incoming.get(timeout=PATIENCE_SECONDS)
        if by != "barsUpdate":
            break
    refusal = json.loads(text)
    assert (by, refusal["msg_id"]) == ("errorFrame", "3"), text
    assert refusal["payload"]["code"] == "invalid_frame", text

    # An error of the connection is not one of a request: each has its handler.
    assert failures == []
    client.close()
    try:
        client.ping({"type": "ping", "payload": {}})
    except Exception as error:
        assert failures == [error]
    else:
        raise AssertionError("a closed client sent something")


if __name__ == "__main__":
    main(sys.argv[1])
