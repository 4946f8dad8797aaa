"""Calls that a type checker accepts, and such as it has to refuse: each of those is marked, and a mark
where nothing is wrong is an error itself. Never run."""

from __future__ import annotations

import datetime

import tickwire
from tickwire import models


async def right(tw: tickwire.Client) -> None:
    async for bar in tw.bars(symbol="AAPL", resolution="1"):
        price: float = bar.close
        when: int = bar.time
        print(price, when)
    async for change in tw.orderbook(symbol="AAPL"):
        if isinstance(change, tickwire.Snapshot):
            print(change.payload.bids)
        else:
            print(change.payload.bids)
    history: models.BarsHistoryResult = await tw.bars_history(symbol="AAPL", resolution="D", count_back=3)
    print(history.bars[0].close, history.more)
    clock: datetime.datetime = (await tw.ping(timeout=1.0)).server_time
    print(clock)


async def wrong(tw: tickwire.Client) -> None:
    tw.bars(symbol="AAPL", resolution="7")  # type: ignore[arg-type]
    tw.bars("AAPL")  # type: ignore[call-arg]
    tw.bars(symbl="AAPL")  # type: ignore[call-arg]
    tw.news(symbol="AAPL")  # type: ignore[attr-defined]
    await tw.bars_history(symbol=7)  # type: ignore[arg-type]
    await tw.bars_history()  # type: ignore[call-arg]
    history = await tw.bars_history(symbol="AAPL")
    history.bar  # type: ignore[attr-defined]
    history.more = True  # type: ignore[misc]
    async for bar in tw.bars(symbol="AAPL"):
        bar.close.lower()  # type: ignore[attr-defined]
