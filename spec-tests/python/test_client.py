"""What the client does, against a server that does what the test says."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
import tickwire
from fake import Server, Socket
from tickwire import Backoff, Offline


def run(body: Coroutine[Any, Any, None]) -> None:
    """Runs a test to its end, after which no task of the client may be left."""

    async def whole() -> None:
        await asyncio.wait_for(body, 20)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert left == set(), left

    asyncio.run(whole(), debug=True)


@pytest.mark.parametrize(
    ("code", "attempt", "at_least", "most"),
    [(1006, 1, 0.0, 0.5), (1012, 3, 0.0, 2.0), (1006, 99, 0.0, 30.0), (4429, 1, 1.0, 1.5), (4450, 1, 0.0, 0.0)],
)
def test_delays_are_full_jitter(code: int, attempt: int, at_least: float, most: float) -> None:
    assert Backoff(random=lambda: 0.0).delay(attempt, code=code) == at_least
    assert Backoff(random=lambda: 1.0).delay(attempt, code=code) == most
    told = Backoff(random=lambda: 0.0).delay(attempt, code=code, at_least=7.0)
    assert told == 7.0


@pytest.mark.parametrize("code", [1000, 1001, 1009, 4400, 4401, 4403, 4406])
def test_these_codes_end_the_client(code: int) -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            socket = await server.accept()
            asking = asyncio.create_task(tw.ping())
            await socket.expect("ping")
            socket.end(code)
            with pytest.raises(tickwire.TickwireError):
                await asking
            with pytest.raises(tickwire.ClientClosed):
                await tw.ping()
            assert server.opened == 1

    run(body())


@pytest.mark.parametrize("code", [None, 1006, 1012, 4408, 4410, 4440, 4450, 4999])
def test_after_these_it_comes_back_and_resumes(code: int | None) -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            trades = aiter(tw.trades(symbol="AAPL"))
            first = asyncio.ensure_future(anext(trades))
            socket = await server.accept()
            await socket.subscribed()
            socket.trade(1)
            assert (await first).time == 1
            socket.end(code)
            socket = await server.accept()
            frame = await socket.subscribed(seq=1, recovered=True)
            payload = frame["payload"]
            told = payload["options"][0] if "options" in payload else payload
            assert told["since"] == {"epoch": "e1", "seq": 1}
            socket.trade(2)
            assert (await anext(trades)).time == 2
            await trades.aclose()

    run(body())


def test_a_refused_handshake() -> None:
    async def body() -> None:
        server = Server()
        server.statuses = [503, 503]
        async with server.client() as tw:
            asking = asyncio.create_task(tw.ping())
            socket = await server.accept()
            request = await socket.expect("ping")
            socket.answer(request, "pong", {"server_time": "2026-01-01T00:00:00Z"})
            assert (await asking).server_time.utcoffset() is not None
            assert server.opened == 3
        server = Server()
        server.statuses = [401]
        async with server.client() as tw:
            with pytest.raises(tickwire.ClientClosed):
                await tw.ping()
            assert server.opened == 1

    run(body())


def test_answers_in_any_order_and_late_ones() -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            first = asyncio.create_task(tw.symbols_resolve(symbol="A"))
            socket = await server.accept()
            one = await socket.expect("symbols.resolve")
            with pytest.raises(tickwire.RequestTimeout):
                await tw.ping(timeout=0.01)
            late = await socket.expect("ping")
            socket.answer(late, "pong", {"server_time": "2026-01-01T00:00:00Z"})
            error = {
                "severity": "business_logic_error", "code": "unknown_symbol", "message": "no",
                "retryable": False, "details": [],
            }
            socket.answer(one, "error", error)
            with pytest.raises(tickwire.ServerError) as refused:
                await first
            assert (refused.value.code, refused.value.retryable) == ("unknown_symbol", False)

    run(body())


def test_what_breaks_the_contract_is_not_sent() -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            socket = await server.accept()
            with pytest.raises(tickwire.InvalidFrame) as invalid:
                await tw.bars_history(symbol="aapl", resolution="7")  # type: ignore[arg-type]
            pointers = sorted(violation.pointer for violation in invalid.value.violations)
            assert pointers == ["/payload/resolution", "/payload/symbol"]
            assert socket.sent.empty()

    run(body())


def test_a_loss_of_the_connection_fails_what_was_asked() -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            asking = asyncio.create_task(tw.ping())
            socket = await server.accept()
            await socket.expect("ping")
            socket.end(1006)
            with pytest.raises(tickwire.ConnectionLost):
                await asking

    run(body())


def test_a_gap_is_repaired_and_a_repetition_dropped() -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            trades = aiter(tw.trades(symbol="AAPL"))
            first = asyncio.ensure_future(anext(trades))
            socket = await server.accept()
            await socket.subscribed()
            socket.trade(1)
            socket.trade(1)
            await first
            socket.trade(3)
            request = await socket.expect("trades.unsubscribe")
            told = {"status": "unsubscribed", "message": "", "topic": "trades:AAPL"}
            socket.answer(request, "trades.unsubscribe.response", told)
            await socket.subscribed(seq=3, recovered=True)
            socket.trade(2)
            socket.trade(3)
            assert [(await anext(trades)).time, (await anext(trades)).time] == [2, 3]
            assert tw.stats.gaps == 1
            await trades.aclose()

    run(body())


def test_a_full_buffer_ends_a_loop_that_may_not_lose() -> None:
    async def body() -> None:
        server = Server()
        async with server.client(buffer=2) as tw:
            trades = aiter(tw.trades(symbol="AAPL"))
            first = asyncio.ensure_future(anext(trades))
            socket = await server.accept()
            await socket.subscribed()
            for seq in range(1, 10):
                socket.trade(seq)
            await first
            with pytest.raises(tickwire.SlowConsumer):
                async for _ in trades:
                    await settled(socket)

    run(body())


async def settled(socket: Socket) -> None:
    """Lets the client take all that it was told."""
    for _ in range(50):
        await asyncio.sleep(0)


def test_leaving_a_loop_unsubscribes_and_so_does_a_cancellation() -> None:
    async def leave(tw: tickwire.Client) -> None:
        async for _ in tw.trades(symbol="AAPL"):
            break

    async def stay(tw: tickwire.Client) -> None:
        async for _ in tw.trades(symbol="AAPL"):
            pass

    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            leaving = asyncio.create_task(leave(tw))
            socket = await server.accept()
            await socket.subscribed()
            socket.trade(1)
            await leaving
            request = await socket.expect("trades.unsubscribe")
            told = {"status": "unsubscribed", "message": "", "topic": "trades:AAPL"}
            socket.answer(request, "trades.unsubscribe.response", told)
            staying = asyncio.create_task(stay(tw))
            await socket.subscribed(seq=1)
            staying.cancel()
            with pytest.raises(asyncio.CancelledError):
                await staying
            await socket.expect("trades.unsubscribe")

    run(body())


def test_a_request_can_be_cancelled() -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            with pytest.raises(ExceptionGroup):
                async with asyncio.TaskGroup() as group:
                    group.create_task(tw.ping())
                    socket = await server.accept()
                    await socket.expect("ping")
                    raise ValueError("of the test")
            asking = asyncio.create_task(tw.ping())
            request = await socket.expect("ping")
            socket.answer(request, "pong", {"server_time": "2026-01-01T00:00:00Z"})
            await asking

    run(body())


def test_a_token_is_asked_for_anew_and_refreshed() -> None:
    async def body() -> None:
        server = Server()
        tokens = iter(["t1", "t2", "t3"])
        async with server.client(token=lambda: next(tokens)):
            socket = await server.accept()
            request = await socket.expect("auth")
            assert request["payload"] == {"token": "t1"}
            principal = {"principal": {"kind": "user", "sub": "alice"}}
            socket.answer(request, "auth.response", principal)
            soon = {"expires_at": "2026-01-01T00:00:00Z", "expires_in_ms": 60000}
            push = {"type": "token.expiring", "msg_id": "p", "direction": "s2c"}
            socket.say({**push, "timestamp": "2026-01-01T00:00:00Z", "payload": soon})
            request = await socket.expect("auth.refresh")
            assert request["payload"] == {"token": "t2"}
            socket.answer(request, "auth.refresh.response", principal)
            socket.end(4440)
            request = await (await server.accept()).expect("auth")
            assert request["payload"] == {"token": "t3"}

    run(body())


def test_what_is_no_frame_is_counted() -> None:
    async def body() -> None:
        server = Server()
        async with server.client() as tw:
            socket = await server.accept()
            seen: list[object] = []
            tw.on_invalid_frame(seen.append)
            socket.say("no JSON")
            socket.say({"type": "trades.update", "payload": {}})
            socket.say({"type": "of.tomorrow", "msg_id": "1", "payload": {}})
            await settled(socket)
            asking = asyncio.create_task(tw.ping())
            request = await socket.expect("ping")
            socket.answer(request, "pong", {"server_time": "2026-01-01T00:00:00Z"})
            await asking
            assert (tw.stats.invalid_frames, tw.stats.unknown_types, len(seen)) == (2, 1, 2)

    run(body())


def test_without_a_server_the_examples_are_played() -> None:
    async def body() -> None:
        server = Server()
        offline = Offline(when="always", interval=0.001)
        async with server.client(offline=offline) as tw:
            bars = tw.bars(symbol="MSFT", resolution="5")
            seen = []
            async for bar in bars:
                seen.append((bar.symbol, bar.resolution))
                if len(seen) == 3:
                    break
            assert seen == [("MSFT", "5")] * 3
            kinds = []
            async for change in tw.orderbook(symbol="MSFT"):
                kinds.append(type(change).__name__)
                if len(kinds) == 3:
                    break
            assert kinds == ["Snapshot", "Update", "Update"]
            history = await tw.bars_history(symbol="AAPL", resolution="D")
            assert len(history.bars) > 0
            assert (await tw.ping()).server_time.utcoffset() is not None
            # What is played satisfies the contract, which the client checks.
            assert (tw.stats.invalid_frames, tw.stats.unknown_types) == (0, 0)
            assert server.opened == 0

    run(body())


def test_functions_play_instead_of_examples() -> None:
    def update(topic: str, n: int) -> dict[str, Any] | None:
        trade = {"symbol": "AAPL", "price": 1.0, "size": 1.0, "side": "buy", "time": n}
        return trade if n % 2 == 1 else None

    async def body() -> None:
        offline = Offline(
            when="always",
            interval=0.001,
            update=update,
            answer=lambda wire_type, _: {"server_time": "2026-01-01T00:00:00Z"} if wire_type == "ping" else None,
        )
        async with Server().client(offline=offline) as tw:
            times = []
            async for trade in tw.trades(symbol="AAPL"):
                times.append(trade.time)
                if len(times) == 2:
                    break
            assert times == [1, 3]
            assert (await tw.ping()).server_time.year == 2026

    run(body())


def test_a_server_that_comes_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tickwire._runtime.offline.PROBE", 0.02)

    async def body() -> None:
        server = Server()
        server.statuses = [503]
        async with server.client(offline=Offline(interval=0.001)) as tw:
            trades = tw.trades(symbol="AAPL").events()
            assert isinstance(await anext(trades), tickwire.Update)
            # The first connection only looks whether there is a server.
            looked = await server.accept()
            socket = await server.accept()
            assert looked.closed
            await socket.subscribed(recovered=False, reason="epoch_changed")
            socket.trade(1)
            while not isinstance(event := await anext(trades), tickwire.Notice):
                pass
            assert (event.kind, event.reason) == ("not_recovered", "epoch_changed")
            later = await anext(trades)
            assert isinstance(later, tickwire.Update) and later.payload.time == 1
            # It was reached once: from now on the client waits for it, and plays nothing.
            server.statuses = [503, 503]
            socket.end(1006)
            await (await server.accept()).subscribed(seq=1, recovered=True)
            await trades.aclose()

    run(body())
