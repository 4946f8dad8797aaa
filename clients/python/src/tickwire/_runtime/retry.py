"""Close codes, and when to connect again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

STOP: Final = frozenset({1000, 1001, 1002, 1007, 1009, 4400, 4401, 4403, 4406})
"""Codes after which the same client would only be sent away again. After all others, also unknown
ones, it comes back."""

BACK_OFF: Final = frozenset({4429, 4430})
"""Codes that say: too much. A second of silence is the least."""

AT_ONCE: Final = 4450
"""Come back now: what was missed is kept for a limited time only."""

REFUSED_STATUS: Final = frozenset({401, 403})
"""HTTP statuses of the handshake that no second attempt changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How long to wait before the next attempt: exponential, with full jitter.

    The delay is drawn evenly from 0 to `min(cap, base * 2 ** (attempt - 1))`, so that many clients
    of a server that restarts do not come back at the same moment. A connection that lasted for
    `cap` makes the next attempt the first one again.
    """

    base: float = 0.5
    """Seconds; the most before the first attempt."""
    cap: float = 30.0
    """Seconds; the most before any attempt."""
    random: Callable[[], float] = field(default=random.random, repr=False)
    """Gives numbers from 0 to 1."""

    def delay(self, attempt: int, *, code: int | None = None, at_least: float = 0.0) -> float:
        """Seconds before attempt number `attempt`, the first of which is 1.

        `at_least` is what the server asked for. The jitter comes on top of it: everyone was told
        the same time.
        """
        if code == AT_ONCE and attempt == 1:
            return at_least
        # 2 ** 32 times any base is above every cap, and a float overflows far later.
        limit = min(self.cap, self.base * 2.0 ** min(attempt - 1, 32))
        floor = max(at_least, 1.0) if code in BACK_OFF else at_least
        return floor + self.random() * limit
