"""The driver of the shared scenarios over the Python client: driver.py ws://HOST/ws

The protocol is told in ../scenarios/README.md.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

import tickwire

Command = dict[str, Any]


def emit(event: str, **members: Any) -> None:
    told = {name: value for name, value in members.items() if value is not None}
    print(json.dumps({"event": event, **told}), flush=True)


class Driver:
    def __init__(self, url: str) -> None:
        self.url = url
        self.tw: tickwire.Client | None = None
        self.following: dict[str, asyncio.Task[None]] = {}
        self.asking: set[asyncio.Task[None]] = set()

    async def connect(self, command: Command) -> None:
        options: Command = command.get("options", {})
        backoff = options.get("backoff", {})
        self.tw = tickwire.connect(
            self.url,
            token=counted(options["tokens"]) if "tokens" in options else None,
            timeout=options.get("timeout_ms", 10_000) / 1000,
            backoff=tickwire.Backoff(
                base=backoff.get("base_ms", 500) / 1000, cap=backoff.get("cap_ms", 30_000) / 1000
            ),
            validate_incoming=options.get("validate_incoming", False),
        )
        self.tw.on_state(tell_state)
        self.tw.on_invalid_frame(lambda _: emit("invalid_frame"))
        self.tw.on(
            "system_alert", lambda alert: emit("push", type="system_alert", payload=alert.to_dict())
        )
        await self.tw.__aenter__()

    async def subscribe(self, command: Command) -> None:
        assert self.tw is not None
        method = getattr(self.tw, command["family"])
        subscription = method(**command["params"], **command.get("options", {}))
        follow = self.follow(command["id"], command["family"], subscription.events())
        self.following[command["id"]] = asyncio.create_task(follow)

    async def follow(self, name: str, family: str, events: Any) -> None:
        over = False
        try:
            async for event in events:
                if isinstance(event, tickwire.Notice):
                    over = over or event.kind == "ended"
                    tell_notice(name, event)
                else:
                    kind = "snapshot" if isinstance(event, tickwire.Snapshot) else "update"
                    wire_type = f"{family}.{kind}"
                    payload = event.payload.to_dict()
                    emit("update", id=name, type=wire_type, seq=event.seq, payload=payload)
            if not over:
                emit("notice", id=name, notice="closed")
        except tickwire.SubscriptionRefused as error:
            emit("notice", id=name, notice="refused", code=error.code)
        except tickwire.ClientClosed as error:
            emit("notice", id=name, notice="closed", code=error.code)
        finally:
            await events.aclose()

    async def unsubscribe(self, command: Command) -> None:
        task = self.following.pop(command["id"])
        task.cancel()
        await asyncio.wait((task,))

    async def request(self, command: Command) -> None:
        task = asyncio.create_task(self.ask(command))
        self.asking.add(task)
        task.add_done_callback(self.asking.discard)

    async def ask(self, command: Command) -> None:
        assert self.tw is not None
        name = command["id"]
        timeout = command["timeout_ms"] / 1000 if "timeout_ms" in command else None
        try:
            payload = command.get("payload", {})
            answer = await self.tw.request(command["type"], payload, timeout=timeout)
        except tickwire.TickwireError as error:
            emit("failed", id=name, **failure(error))
        else:
            emit("response", id=name, payload=answer)

    async def stats(self, _: Command) -> None:
        assert self.tw is not None
        stats = self.tw.stats
        names = ("unknown_types", "invalid_frames", "gaps", "duplicates", "reconnects")
        emit("stats", **{name: getattr(stats, name) for name in names})

    async def close(self, _: Command) -> None:
        if self.tw is not None:
            await self.tw.close()


def counted(tokens: list[str]) -> Callable[[], str]:
    asked = 0

    def token() -> str:
        nonlocal asked
        asked += 1
        emit("token", n=asked)
        return tokens[min(asked, len(tokens)) - 1]

    return token


def tell_state(state: tickwire.ConnectionState) -> None:
    told: Command = {}
    if state.state == "waiting":
        told = {"attempt": state.attempt, "delay_ms": round((state.delay or 0) * 1000)}
    cause = state.error.__cause__ if state.error is not None else None
    error = cause.code if isinstance(cause, tickwire.ServerError) else None
    emit("state", state=state.state, code=state.code, status=state.status, error=error, **told)


def tell_notice(name: str, notice: tickwire.Notice) -> None:
    told: Command = {}
    match notice.kind:
        case "reset":
            told = {"reason": notice.reason}
            if notice.missing is not None:
                told |= {"from": notice.missing[0], "to": notice.missing[1]}
        case "not_recovered":
            told = {"reason": notice.reason}
        case "retrying":
            told = {"code": notice.reason, "delay_ms": round((notice.delay or 0) * 1000)}
        case "ended":
            told = {"reason": notice.reason}
    emit("notice", id=name, notice=notice.kind, **told)


def failure(error: tickwire.TickwireError) -> Command:
    match error:
        case tickwire.ServerError():
            after = error.retry_after
            return {
                "kind": "error",
                "code": error.code,
                "severity": error.severity,
                "retryable": error.retryable,
                "retry_after_ms": None if after is None else round(after * 1000),
                "pointers": [one.pointer for one in error.details],
            }
        case tickwire.InvalidAnswer():
            return {"kind": "invalid_answer"}
        case tickwire.InvalidFrame():
            return {"kind": "invalid", "pointers": [one.pointer for one in error.violations]}
        case tickwire.RequestTimeout():
            return {"kind": "timeout"}
        case tickwire.ConnectionLost():
            return {"kind": "connection_lost"}
        case _:
            return {"kind": "closed"}


async def main(url: str) -> None:
    driver = Driver(url)
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        command: Command = json.loads(line)
        if command["do"] == "exit":
            break
        await getattr(driver, command["do"])(command)
    await driver.close({})


if __name__ == "__main__":
    asyncio.run(main(sys.argv[-1]))
