"""Judges the reports of the Autobahn test suite, and writes docs/conformance.md.

usage: report.py [--quick] ECHO/index.json WS/index.json DOCUMENT

Exits with 1 when a case is missing or ended otherwise than expected; the document is written all
the same, with what was found. With --quick it is left alone.
"""

import json
import sys
from collections import Counter

# Group: title, cases. The suite is pinned, so one that is missing was not run.
GROUPS = {
    1: ("Framing", 16),
    2: ("Pings and pongs", 11),
    3: ("Reserved bits", 7),
    4: ("Opcodes", 10),
    5: ("Fragmentation", 20),
    6: ("UTF-8", 145),
    7: ("Closing", 37),
    9: ("Large messages, many messages", 54),
    10: ("Automatic fragmentation", 1),
    12: ("permessage-deflate: payloads", 90),
    13: ("permessage-deflate: parameters", 126),
}
SLOW = {9, 12, 13}
ON_WS = {3: 7, 4: 10, 5: 20, 6: 2, 7: 37}

# Cases that cannot fail: the RFC leaves to the endpoint what they look at.
INFORMATIONAL = {"7.1.6", "7.13.1", "7.13.2"}

INTRODUCTION = """# Conformance to RFC 6455

<!-- Written by conformance/run.sh from the suite's report. Do not edit. -->

The fuzzing client of the [Autobahn test suite](https://github.com/crossbario/autobahn-testsuite)
25.10.1 against this server's WebSocket layer. `conformance/run.sh` repeats it and fails when a case
ends otherwise than here; `conformance/run.sh --quick` leaves out groups 9, 12 and 13.

## Echo

The suite wants its messages back, which `/ws` would not do. So the run has an echo that reads, writes
and closes with the code of `/ws`, but has no session, no heartbeat, and takes messages up to the
suite's largest, 16 MiB: once over plain sockets, and once over a stream of another kind, as TLS is one.
"""

NOTES = """
- INFORMATIONAL: 7.1.6, a close behind a large message, and 7.13, close codes above 4999 (answered
  with 1002). The suite records what happens and judges nothing.
- 12 and 13: permessage-deflate (RFC 7692) is agreed on with `server_no_context_takeover` and
  `client_no_context_takeover`, and with a window of 512 bytes for clients that ask for less than 32 KiB. The
  echo compresses every message, `/ws` does so from a threshold on, and when it is told to.
"""

WS = """
## `/ws` itself

Of the cases that break the protocol or close, how the connection ended: the right endpoint, a close code
that fits, a clean end. What else they expect are echoes, which `/ws` has none of.
"""


def order(case):
    return [int(part) for part in case.split(".")]


def group(case):
    return order(case)[0]


def expected(case):
    """How a case may end, and how its connection may."""
    verdict = "INFORMATIONAL" if case in INFORMATIONAL else "OK"
    return verdict, verdict


def problems(agent, cases, wanted, closing_only=False):
    """What is not as expected: a sentence for each."""
    counts = Counter(map(group, cases))
    for number in sorted(counts.keys() | wanted.keys()):
        count, want = counts[number], wanted.get(number, 0)
        if count != want:
            yield f"{agent}: group {number} has {count} cases, not {want}"
    for case in sorted(cases, key=order):
        found = cases[case]["behavior"], cases[case]["behaviorClose"]
        for kind, is_, want in zip(("behaviour", "closing"), found, expected(case)):
            if is_ != want and not (closing_only and kind == "behaviour"):
                code = cases[case]["remoteCloseCode"]
                yield f"{agent}: {case}: {kind} is {is_}, not {want} (close code {code})"


def tally(cases, number, key):
    """`143 OK, 2 NON-STRICT`"""
    counts = Counter(case[key] for name, case in cases.items() if group(name) == number)
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def document(echo, ws):
    header = ["", "cases", "sockets", "closing", "other streams", "closing"]
    rows = [
        [f"{number}. {title}", count]
        + [
            tally(echo[agent], number, key)
            for agent in ("sockets", "streams")
            for key in ("behavior", "behaviorClose")
        ]
        for number, (title, count) in GROUPS.items()
    ]
    closing = [
        [f"{number}. {GROUPS[number][0]}", count, tally(ws, number, "behaviorClose")]
        for number, count in ON_WS.items()
    ]
    return (
        INTRODUCTION
        + "\n"
        + table(header, rows)
        + NOTES
        + WS
        + "\n"
        + table(["", "cases", "closing"], closing)
    )


def main(arguments):
    quick = "--quick" in arguments
    echo, ws, path = [argument for argument in arguments if argument != "--quick"]
    with open(echo, encoding="utf-8") as file:
        echo = json.load(file)
    with open(ws, encoding="utf-8") as file:
        ws = json.load(file).get("server", {})
    left_out = SLOW if quick else set()
    wanted = {number: count for number, (_, count) in GROUPS.items() if number not in left_out}

    echo = {agent: echo.get(agent, {}) for agent in ("sockets", "streams")}
    wrong = [line for agent, cases in echo.items() for line in problems(agent, cases, wanted)]
    wrong += problems("/ws", ws, ON_WS, closing_only=True)
    if not quick:
        with open(path, "w", encoding="utf-8") as file:
            file.write(document(echo, ws))

    for agent, cases in [*echo.items(), ("/ws", ws)]:
        key = "behaviorClose" if cases is ws else "behavior"
        counts = Counter(case[key] for case in cases.values())
        print(f"{agent}: {len(cases)} cases: {dict(counts.most_common())}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


sys.exit(main(sys.argv[1:]))
