"""The models of datamodel-code-generator, with every example of the contract; mypy reads this, too."""

import json
from pathlib import Path
from typing import assert_type

from pydantic import ValidationError

from frames import BarsSubscribeFrame, BarsUpdateFrame, Frame


def last_price(frame: Frame) -> float | None:
    if frame.root.type == "bars.update":
        return frame.root.payload.close
    return None


def main() -> None:
    examples = json.loads(Path("examples.json").read_text())
    assert examples
    for example in examples:
        frame = Frame.model_validate(example["value"])
        assert type(frame.root).__name__ == example["frame"], example
        written = frame.model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert Frame.model_validate(written) == frame, written
        assert written.keys() == example["value"].keys(), written
        if isinstance(frame.root, BarsUpdateFrame):
            price = last_price(frame)
            assert_type(price, float | None)
            assert price == example["value"]["payload"]["close"]

    request = {"type": "bars.subscribe", "payload": {"symbol": "AAPL"}}
    BarsSubscribeFrame.model_validate(request)
    for wrong in (
        {**request, "surplus": 1},
        {**request, "type": "bars.update"},
        {**request, "payload": {"symbol": "aapl"}},
        {**request, "payload": {"symbol": "AAPL", "resolution": "7"}},
    ):
        try:
            BarsSubscribeFrame.model_validate(wrong)
        except ValidationError:
            continue
        raise AssertionError(f"{wrong} was taken")


if __name__ == "__main__":
    main()
