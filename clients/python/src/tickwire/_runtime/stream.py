"""One topic on the wire: its position, duplicates, gaps. Frames go in, verdicts come out.

A topic goes round: idle, subscribing, live, leaving, idle. Nothing here sends; whoever holds a
stream asks it what to send, and tells it what came.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from .contract import Family, Frame
from .events import Notice, Position


class Phase(enum.Enum):
    """What the server believes, as far as we know."""

    IDLE = enum.auto()
    SUBSCRIBING = enum.auto()
    LIVE = enum.auto()
    LEAVING = enum.auto()


class Verdict(enum.Enum):
    """What to do with an update or a snapshot."""

    DELIVER = enum.auto()
    IGNORE = enum.auto()
    """It belongs to a subscription that is over, or that is being repaired."""
    DUPLICATE = enum.auto()
    GAP = enum.auto()
    """Something is missing before it, and nobody said so. It comes again after the repair."""
    HOLE = enum.auto()
    """The repair left the same gap: deliver it, and say so."""


class Stream:
    """One topic of one client, whoever follows it."""

    def __init__(self, family: Family[Any, Any], topic: str, payload: Frame) -> None:
        self.family = family
        self.topic = topic
        self.payload = payload
        """What names the topic in the family's own subscribe."""
        self.phase = Phase.IDLE
        self.history: int | None = None
        """So many of the newest updates come first, where there is no position."""
        self.epoch: str | None = None
        self.seq: int | None = None
        """The last one processed; `None`: whatever comes is the first."""
        self.repairing = False
        """A gap was seen: leave, and subscribe from the position."""
        self.renewing = False
        """Somebody joined who lacks the state: leave, and subscribe without a position."""
        self._repaired_at: int | None = None

    @property
    def position(self) -> Position | None:
        """Where to resume from; `None` where nothing is held that could be continued."""
        if self.epoch is None or self.seq is None:
            return None
        return Position(epoch=self.epoch, seq=self.seq)

    def start_at(self, position: Position) -> None:
        """Begins from a position that somebody kept."""
        self.epoch, self.seq = position.epoch, position.seq

    def forget(self) -> None:
        """Nobody holds a state any more that could be continued."""
        self.epoch = self.seq = self.history = self._repaired_at = None

    def renew(self) -> None:
        """Somebody joins who lacks the state that the updates change."""
        if self.family.delivery != "delta" or self.position is None:
            return
        if self.phase is Phase.IDLE:
            self.forget()
        else:
            self.renewing = True

    def options(self) -> Frame:
        """Where the updates should begin, as a subscribe says it."""
        options: Frame = {}
        if (position := self.position) is not None:
            options["since"] = {"epoch": position.epoch, "seq": position.seq}
        if self.history is not None and self.family.delivery != "delta":
            options["history"] = self.history
        return options

    def subscribing(self) -> None:
        """A subscribe was sent."""
        self.phase = Phase.SUBSCRIBING

    def leaving(self) -> None:
        """An unsubscribe was sent. What still comes is ignored."""
        self.phase = Phase.LEAVING

    def left(self) -> None:
        """The unsubscribe was answered, or the connection is gone and the subscription with it."""
        self.phase = Phase.IDLE
        if self.renewing:
            self.forget()
        self.repairing = self.renewing = False

    def subscribed(self, result: Mapping[str, Any]) -> Notice | None:
        """The subscribe was answered. A notice when what was missed cannot be had."""
        self.phase = Phase.LIVE
        asked = self.position
        self.epoch = result["epoch"]
        if asked is not None and result.get("recovered") is True:
            self.seq = asked.seq
            return None
        self._repaired_at = None
        # What comes first is a snapshot or a replay of unknown length; else it is the next one.
        replayed = self.family.delivery == "delta" or bool(self.history)
        self.seq = None if replayed else result["seq"]
        if asked is None or result.get("recovered") is not False:
            return None
        return Notice(
            kind="not_recovered",
            topic=self.topic,
            reason=str(result.get("reason", "unknown")),
            message=str(result.get("message", "")),
        )

    def frame(self, seq: int, *, is_snapshot: bool) -> Verdict:
        """An update or a snapshot came."""
        if self.phase is not Phase.LIVE or self.repairing or self.renewing:
            return Verdict.IGNORE
        if self.seq is not None and seq <= self.seq:
            return Verdict.DUPLICATE
        if not is_snapshot and self._is_gap(seq):
            return self._gap(seq)
        self.seq = seq
        return Verdict.DELIVER

    def _is_gap(self, seq: int) -> bool:
        # With `latest`, updates that a newer one has replaced are left out.
        return self.seq is not None and seq > self.seq + 1 and self.family.delivery != "latest"

    def _gap(self, seq: int) -> Verdict:
        if self._repaired_at == self.seq:
            self._repaired_at = None
            self.seq = seq
            return Verdict.HOLE
        self._repaired_at = self.seq
        self.repairing = True
        return Verdict.GAP

    def reset(self, payload: Mapping[str, Any]) -> Notice | None:
        """`topic.reset` came."""
        if self.phase is not Phase.LIVE:
            return None
        reason = str(payload["reason"])
        missing: tuple[int, int] | None = None
        if reason in ("ended", "revoked"):
            self.phase = Phase.IDLE
        elif reason == "restarted":
            self.epoch = payload["epoch"]
            self.seq = None if self.family.delivery == "delta" else payload["seq"]
        elif "to" in payload:
            missing = (int(payload.get("from", payload["to"])), int(payload["to"]))
            self.seq = max(self.seq or 0, missing[1])
        return Notice(
            kind="ended" if reason in ("ended", "revoked") else "reset",
            topic=self.topic,
            reason=reason,
            message=str(payload.get("message", "")),
            missing=missing,
        )
