"""Modelina's Python classes, with every example of the contract; and what they do not do."""

import importlib
import json
import re
from pathlib import Path
from typing import Any

PACKAGE = "tickwire_models"


def model(name: str) -> Any:
    module = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    return getattr(importlib.import_module(f"{PACKAGE}.{module}"), name)


def main() -> None:
    for file in Path(PACKAGE).glob("*.py"):
        importlib.import_module(f"{PACKAGE}.{file.stem}")
    examples = json.loads(Path("examples.json").read_text())
    assert examples
    for example in examples:
        frame = model(example["frame"])(example["value"])
        assert frame.type == example["value"]["type"], example
        assert type(frame.payload).__module__.startswith(f"{PACKAGE}."), example

    # What docs/languages.md warns of. When one of these fails, a fault was mended: say so there.
    history = model("BarsHistoryRequest")({"symbol": "AAPL", "from": 1})
    assert not hasattr(history, "_reserved_from"), "`from` is no longer lost"
    result = {"symbol": "AAPL", "resolution": "1", "more": False, "bars": [{"time": 0}]}
    bars = model("BarsHistoryResult")(result).bars
    assert isinstance(bars[0], dict), "items of arrays are no longer left as they come"
    assert not hasattr(model("PingFrame"), "to_dict"), "frames can be written"


if __name__ == "__main__":
    main()
