"""Runs every scenario against every peer, in turns, and prints one table. Called by run.sh."""

import argparse
import datetime
import json
import os
import platform
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target")) / "release"
SERVER_CORE, LOAD_CORE = "0", "1"


def peers(port: int) -> dict[str, list[str]]:
    """How each is started, in the order of the table."""
    address = f"127.0.0.1:{port}"
    return {
        "tickwire": [
            f"{RELEASE}/tickwire", "serve", "--spec", "contract.yaml", "--listen", address,
            "--max-connections", "100000", "--max-connections-per-address", "100000",
            "--max-subscriptions-per-address", "100000", "--max-frames-per-second", "1000000",
            "--max-frames-per-second-per-address", "1000000", "--log", "error",
        ],
        "floor-single": [f"{RELEASE}/bench-floor", "single", "--listen", address],
        "floor-vectored": [f"{RELEASE}/bench-floor", "vectored", "--listen", address],
        "bun": ["node_modules/bun/bin/bun.exe", "peers/bun/server.js", str(port)],
        "axum": [f"{RELEASE}/bench-axum", "--listen", address],
        "node": ["node", "peers/node/server.js", str(port)],
        "fastws": [
            "venv/bin/uvicorn", "--app-dir", "peers/fastws", "server:app", "--port", str(port),
            "--log-level", "error", "--backlog", "4096", "--timeout-keep-alive", "600",
            "--ws-per-message-deflate", "false",
        ],
    }  # fmt: skip


# What the load is told, the figure that counts, and what it is called.
SCENARIOS = {
    "one": (
        ["fanout", "--subscribers", "1000", "--in-flight", "1"],
        "cpu_per_million", "1 topic × 1,000 subscribers, one at a time; CPU s per million deliveries",
    ),
    "many": (
        ["fanout", "--subscribers", "1000", "--in-flight", "64"],
        "cpu_per_million", "the same, 64 in flight",
    ),
    "few": (
        ["fanout", "--subscribers", "20", "--in-flight", "64"],
        "cpu_per_million", "1 topic × 20 subscribers, 64 in flight",
    ),
    "topics": (
        ["fanout", "--subscribers", "1000", "--topics", "100", "--in-flight", "64"],
        "cpu_per_million", "100 topics × 10 subscribers, 64 in flight",
    ),
    "publish": (
        ["fanout", "--subscribers", "1", "--in-flight", "64"],
        "cpu_per_publication_us", "the way in: 1 subscriber, 64 in flight; CPU µs per publication",
    ),
    "ping1": (
        ["ping", "--subscribers", "10", "--in-flight", "1"],
        "cpu_per_million", "validated ping, 10 connections with 1 outstanding; CPU s per million",
    ),
    "ping16": (
        ["ping", "--subscribers", "10", "--in-flight", "16"],
        "cpu_per_million", "the same, 16 outstanding",
    ),
    "rate": (
        ["fanout", "--subscribers", "1000", "--in-flight", "8", "--rate", "10"],
        "p99_us", "10 messages/s to 1,000 subscribers; p99 in µs",
    ),
    "stalled": (
        ["fanout", "--subscribers", "20", "--stalled", "5", "--in-flight", "64",
         "--pad", "3000"],
        "cpu_per_million", "20 readers beside 5 that never read, 3 kB, 64 in flight; CPU s per million",
    ),
    "idle": (["idle", "--subscribers", "{idle}"], "kib_per_connection", "{idle} idle; KiB each"),
}  # fmt: skip

# How cost grows: not part of the comparison, asked for by `--scenario growth`.
GROWTH = {
    **{
        f"subscribers-{count}": (
            ["fanout", "--subscribers", str(count), "--in-flight", "1"],
            "cpu_per_million", f"1 topic × {count:,} subscribers, one at a time; CPU s per million deliveries",
        )
        for count in (100, 1_000, 10_000)
    },
    **{
        f"topics-{count}": (
            ["fanout", "--subscribers", "10000", "--topics", str(count), "--in-flight", "64"],
            "cpu_per_million", f"10,000 subscribers on {count:,} topics, 64 in flight; CPU s per million deliveries",
        )
        for count in (1, 100, 10_000)
    },
}  # fmt: skip

ALL = {**SCENARIOS, **GROWTH}

# The floors hold what does not fit without a bound, so they say nothing here.
NOT_MEASURED = {("stalled", "floor-single"), ("stalled", "floor-vectored")}

# FastWS has no subscription by path and no correlation ids: it is asked in its own way.
EXTRA = {
    "fastws": [
        "--hello", '{"type":"subscribe","payload":{"topic":"{topic}"}}',
        "--ping", '{"type":"ping","payload":{"msg_id":"{id}"}}',
    ],
}  # fmt: skip


class Server:
    """One peer, running on its core."""

    def __init__(self, name: str, core: str | None = SERVER_CORE) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [*(["taskset", "-c", core] if core else []), *peers(port)[name]],
            cwd=HERE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> "Server":
        for _ in range(200):
            if self.process.poll() is not None:
                raise RuntimeError(self.process.stderr.read().decode().strip()[-300:])
            try:
                socket.create_connection(self.address.split(":"), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                time.sleep(0.2)
                return self
        raise RuntimeError("does not listen")

    def __exit__(self, *_: object) -> None:
        # Not asked politely: an orderly end of thousands of connections takes its time.
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()


def measure(name: str, scenario: str, options: argparse.Namespace) -> dict:
    arguments = [a.replace("{idle}", str(options.idle)) for a in ALL[scenario][0]]
    seconds = max(options.seconds, 2.0) if scenario == "rate" else options.seconds
    with Server(name) as server:
        load = subprocess.run(
            [
                "taskset", "-c", LOAD_CORE, f"{RELEASE}/bench-load", *arguments,
                "--address", server.address, "--pid", str(server.process.pid), "--name", name,
                "--seconds", str(seconds), *EXTRA.get(name, []),
            ],
            cwd=HERE, capture_output=True, text=True, timeout=600,
        )  # fmt: skip
    if load.returncode != 0:
        raise RuntimeError(load.stderr.strip()[-300:])
    return {"scenario": scenario, **json.loads(load.stdout)}


def ratio(own: float, other: list[float] | None) -> str:
    return f"{own / statistics.median(other):.2f}" if other else "–"


def table(results: dict, names: list[str], options: argparse.Namespace) -> list[str]:
    lines = []
    for scenario, (_, figure, title) in ALL.items():
        rows = {name: results.get((scenario, name), []) for name in names}
        values = {name: [row[figure] for row in found] for name, found in rows.items() if found}
        if not values:
            continue
        lines += [f"### {scenario}: {title.replace('{idle}', f'{options.idle:,}')}", ""]
        lines += ["| | median | range | ÷ bun | ÷ single | ÷ vectored | p50 µs | p99 µs | per s | wrong | MiB |"]
        lines += ["|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
        for name, found in values.items():
            middle = statistics.median(found)
            digits = 0 if middle >= 200 else 2 if middle >= 0.2 else 3

            def typical(key: str, form: str = ",.0f", name: str = name) -> str:
                known = [row[key] for row in rows[name] if key in row]
                return format(statistics.median(known), form) if known else ""

            wrong = ("lost", "duplicate", "disordered", "wrong", "closed")
            wrong = sum(row.get(key, 0) for row in rows[name] for key in wrong)
            mebibytes = [row["peak_kib"] / 1024 for row in rows[name] if "peak_kib" in row]
            cells = [
                name, f"{middle:.{digits}f}", f"{min(found):.{digits}f}–{max(found):.{digits}f}",
                ratio(middle, values.get("bun")), ratio(middle, values.get("floor-single")),
                ratio(middle, values.get("floor-vectored")),
                typical("p50_us"), typical("p99_us"), typical("per_second"), str(wrong),
                f"{max(mebibytes):.0f}" if mebibytes else "",
            ]  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
        if scenario == "stalled":
            fates = [f"{name}: {rows[name][-1]['stalled']}" for name in values]
            lines += ["", "How those who do not read have ended (close code, 0 without one, and the",
                      "frames that they got): " + "; ".join(fates)]  # fmt: skip
        lines.append("")
    return lines


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
    return f"{os.cpu_count()} cores ({model}), Linux {platform.release()}"


def main() -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--repeat", type=int)
    parser.add_argument("--idle", type=int)
    parser.add_argument("--only", default="")
    parser.add_argument("--scenario", default="")
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--table", type=Path, nargs="+", help="print that of earlier results")
    options = parser.parse_args()
    options.seconds = options.seconds or (1.0 if options.quick else 3.0)
    options.repeat = options.repeat or (2 if options.quick else 5)
    options.idle = min(options.idle or (1000 if options.quick else 10_000), soft - 200)
    names = options.only.split(",") if options.only else list(peers(0))
    chosen = options.scenario.split(",") if options.scenario else list(SCENARIOS)
    scenarios = [name for one in chosen for name in (GROWTH if one == "growth" else [one])]
    if os.cpu_count() < 2 or not shutil.which("taskset"):
        sys.exit("needs two cores and taskset")
    if options.table:
        earlier: dict[tuple[str, str], list[dict]] = {}
        for line in (line for file in options.table for line in file.read_text().splitlines()):
            result = json.loads(line)
            earlier.setdefault((result["scenario"], result["name"]), []).append(result)
        print("\n".join(table(earlier, names, options)))
        return
    now = datetime.datetime.now(datetime.timezone.utc)
    raw = options.raw or HERE / "raw" / f"{now:%Y-%m-%dT%H%M%S}.jsonl"
    raw.parent.mkdir(parents=True, exist_ok=True)

    results: dict[tuple[str, str], list[dict]] = {}
    failures: dict[tuple[str, str], str] = {}
    loads = [os.getloadavg()[0]]
    with raw.open("w") as out:
        for scenario in scenarios:
            repeat = 1 if scenario == "idle" else options.repeat
            for turn in range(repeat):
                # Each turn begins with another peer, so that nobody always follows the same one.
                for name in names[turn % len(names) :] + names[: turn % len(names)]:
                    if (scenario, name) in failures or (scenario, name) in NOT_MEASURED:
                        continue
                    try:
                        result = measure(name, scenario, options)
                    except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
                        failures[scenario, name] = str(error)
                        continue
                    print(json.dumps(result), file=out, flush=True)
                    print(f"{scenario} {name} {result[ALL[scenario][1]]}", file=sys.stderr)
                    results.setdefault((scenario, name), []).append(result)
            loads.append(os.getloadavg()[0])

    command = " ".join(["bench/run.sh", *sys.argv[1:]])
    print(f"{now:%Y-%m-%d %H:%M} UTC, {machine()}, `{command}`;")
    print(f"load average of the machine meanwhile {min(loads):.1f} to {max(loads):.1f}.")
    print()
    print("\n".join(table(results, names, options)))
    for (scenario, name), reason in failures.items():
        print(f"not measured: {name}, {scenario}: {reason}")


if __name__ == "__main__":
    main()
