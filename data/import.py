#!/usr/bin/env python3
"""Writes data/ from an unpacked `bokeh_sampledata` package.

    pip download --no-deps bokeh_sampledata==2026.1
    unzip bokeh_sampledata-2026.1-py3-none-any.whl -d unpacked
    python3 data/import.py unpacked

Standard library only. Values are copied as the strings they are, never through a float.
Every row is checked; a row that fails a check stops the import, nothing is repaired.
"""

import csv
import datetime
import gzip
import hashlib
import io
import json
import shutil
import sys
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
SYMBOLS = ["AAPL", "FB", "GOOG", "IBM", "MSFT"]
# No dividend in these years moves close / adj_close by more than a tenth; a split by a half or more.
SPLIT_AT_LEAST = Decimal("1.25")


def main(unpacked: Path) -> None:
    archive = unpacked / "bokeh_sampledata/_data/stocks.csv.gz"
    licenses = next(unpacked.glob("bokeh_sampledata-*.dist-info/licenses/licenses"))
    record = next(
        dataset
        for dataset in json.loads((licenses / "datasets.json").read_text())["datasets"]
        if dataset["module"] == "stocks"
    )
    packed = archive.read_bytes()
    if hashlib.sha256(packed).hexdigest() != record["sha256"]["stocks.csv.gz"]:
        sys.exit(f"{archive}: is not the file that the licence record describes (sha256 differs)")

    rows = {symbol: [] for symbol in SYMBOLS}
    for row in csv.DictReader(io.StringIO(gzip.decompress(packed).decode())):
        rows[row["Ticker"]].append(row)

    splits = []
    for symbol in SYMBOLS:
        check(symbol, rows[symbol])
        splits += find_splits(symbol, rows[symbol])
        write(
            HERE / f"daily/{symbol}.csv",
            ["date", "open", "high", "low", "close", "volume"],
            ([r["Date"], r["Open"], r["High"], r["Low"], r["Close"], r["Volume"]] for r in rows[symbol]),
        )
    write(HERE / "splits.csv", ["symbol", "date", "numerator", "denominator"], splits)

    target = HERE / "licenses"
    target.mkdir(exist_ok=True)
    (target / "stocks.json").write_text(json.dumps(record, indent=2) + "\n")
    shutil.copy(licenses / "README.md", target / "bokeh_sampledata.md")
    shutil.copy(licenses.parent / "LICENSE.txt", target / "bokeh_sampledata-LICENSE.txt")


def check(symbol: str, rows: list) -> None:
    before = ""
    for row in rows:
        at = f"{symbol} {row['Date']}"
        open_, high, low, close = (Decimal(row[k]) for k in ("Open", "High", "Low", "Close"))
        if row["Date"] <= before:
            sys.exit(f"{at}: dates are not ascending")
        if datetime.date.fromisoformat(row["Date"]).weekday() > 4:
            sys.exit(f"{at}: a weekend")
        if not (0 < low <= min(open_, close) <= max(open_, close) <= high):
            sys.exit(f"{at}: open or close outside of low..high")
        if any(price != price.quantize(Decimal("0.0001")) for price in (open_, high, low, close)):
            sys.exit(f"{at}: more than four decimals")
        if int(row["Volume"]) <= 0:
            sys.exit(f"{at}: no volume")
        before = row["Date"]


def find_splits(symbol: str, rows: list) -> list:
    """A split shows as a jump of close / adj_close, from the day before to the first day after."""
    found = []
    for previous, row in zip(rows, rows[1:]):
        before, after = (Decimal(r["Close"]) / Decimal(r["Adj Close"]) for r in (previous, row))
        ratio = before / after
        if max(ratio, 1 / ratio) < SPLIT_AT_LEAST:
            continue
        numerator = round(ratio * 2)
        if abs(ratio * 2 - numerator) > Decimal("0.01"):
            sys.exit(f"{symbol} {row['Date']}: a jump of {ratio} is no simple split")
        numerator, denominator = (numerator // 2, 1) if numerator % 2 == 0 else (numerator, 2)
        found.append([symbol, row["Date"], numerator, denominator])
    return found


def write(path: Path, header: list, rows) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
