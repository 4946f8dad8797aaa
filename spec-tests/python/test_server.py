"""The client against the real server, `$TICKWIRE`."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import tickwire

BINARY = os.environ["TICKWIRE"]
SECRET = "a-secret-of-this-test-0123456789abcdef"


class Address(str):
    """Where a server is, and how it ends."""

    stop: Callable[[], None]


@contextmanager
def served(*arguments: str, listen: str = "127.0.0.1:0") -> Iterator[Address]:
    """A server, until the end of the block; its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TICKWIRE_")}
    process = subprocess.Popen(
        [BINARY, "serve", "--listen", listen, "--drain", "1ms", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**environment, "TICKWIRE_JWT_SECRET": SECRET},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://([^/]+)", line)
    assert found, line

    def stop() -> None:
        process.terminate()
        process.wait(20)

    address = Address(found[1])
    address.stop = stop
    try:
        yield address
    finally:
        stop()
        process.stdout.close()


def token(*arguments: str) -> str:
    issued = subprocess.run(
        [BINARY, "token", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TICKWIRE_JWT_SECRET": SECRET},
    )
    return issued.stdout.strip()


@asynccontextmanager
async def client(address: str, **options: Any) -> AsyncIterator[tickwire.Client]:
    async with asyncio.timeout(60):
        async with tickwire.connect(f"ws://{address}/ws", validate_incoming=True, **options) as tw:
            yield tw


def test_bars_requests_and_errors() -> None:
    async def body(address: str) -> None:
        async with client(address) as tw:
            seen = 0
            async for bar in tw.bars(symbol="AAPL", resolution="1"):
                assert (bar.symbol, bar.resolution) == ("AAPL", "1")
                seen += 1
                if seen == 3:
                    break
            history = await tw.bars_history(symbol="AAPL", resolution="D", from_=1199145600000, to=1199404800000)
            assert [bar.close for bar in history.bars] == [194.84, 194.93]
            with pytest.raises(tickwire.ServerError) as refused:
                await tw.bars_history(symbol="NOBODY")
            assert (refused.value.code, refused.value.retryable) == ("unknown_symbol", False)
            with pytest.raises(tickwire.InvalidFrame):
                await tw.bars_history(symbol="lower case")
            assert tw.stats.invalid_frames == 0

    with served("--replay-day", "5s") as address:
        asyncio.run(body(address))


def test_an_order_book_is_a_state_and_its_changes() -> None:
    async def body(address: str) -> None:
        async with client(address) as tw:
            kinds = []
            async for event in tw.orderbook(symbol="SYN0001"):
                kinds.append(type(event).__name__)
                if len(kinds) == 5:
                    break
            assert kinds == ["Snapshot", "Update", "Update", "Update", "Update"]

    with served("--source", "synthetic", "--symbols", "1", "--rate", "500") as address:
        asyncio.run(body(address))


def test_a_token_makes_a_user() -> None:
    async def body(address: str) -> None:
        async with client(address, token=lambda: token("--sub", "alice")) as tw:
            status = await tw.get_status()
            assert (status.principal.kind, status.principal.sub) == ("user", "alice")
        async with client(address, token="nonsense") as tw:
            with pytest.raises(tickwire.ClientClosed):
                await tw.get_status()

    with served() as address:
        asyncio.run(body(address))


def test_a_restart_is_survived_and_told() -> None:
    """A new process has new epochs: what was missed is lost, which has to be said."""
    flags = ("--source", "synthetic", "--symbols", "1", "--rate", "200")

    async def body() -> None:
        restarted = asyncio.Event()
        kinds: list[str] = []

        async def follow(tw: tickwire.Client) -> None:
            async for event in tw.trades(symbol="SYN0001").events():
                kinds.append(event.kind if isinstance(event, tickwire.Notice) else "update")
                if "not_recovered" in kinds and kinds[-1] == "update":
                    return
                if len(kinds) == 3:
                    restarted.set()

        with served(*flags) as address:
            tw = tickwire.connect(
                f"ws://{address}/ws", backoff=tickwire.Backoff(base=0.05, cap=0.2), validate_incoming=True
            )
            async with asyncio.timeout(60), tw:
                following = asyncio.create_task(follow(tw))
                await restarted.wait()
                # The first one ends, the second one takes its address.
                address.stop()
                with served(*flags, listen=address):
                    await following
                assert tw.stats.reconnects >= 1

    asyncio.run(body())


def test_history_is_a_table_in_one_line() -> None:
    with served() as address:
        url = f"ws://{address}/ws"
        table = pd.DataFrame(
            tickwire.fetch(url).bars_history(symbol="AAPL", resolution="D", count_back=5).bars
        )
        assert len(table) == 5
        assert {"time", "open", "high", "low", "close", "volume"} <= set(table.columns)


def test_the_file_that_a_server_hands_out_is_the_client(tmp_path: Path) -> None:
    with served("--replay-day", "5s") as address:
        answer = urllib.request.urlopen(f"http://{address}/ws/clients/python")
        name = re.search(r'filename="([^"]+)"', answer.headers["content-disposition"])
        assert name and name[1] == "tickwire.py"
        path = tmp_path / "downloaded.py"
        path.write_bytes(answer.read())
        spec = importlib.util.spec_from_file_location("downloaded", path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["downloaded"] = module
        spec.loader.exec_module(module)

        async def body() -> None:
            async with asyncio.timeout(60), module.connect(f"ws://{address}/ws") as tw:
                async for trade in tw.trades(symbol="AAPL"):
                    assert trade.symbol == "AAPL"
                    break

        asyncio.run(body())
        checked = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", path], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stdout
