#!/usr/bin/env python3
"""Runs the Python of README.md and docs/clients.md against a real server: run.py PATH/TO/tickwire

What a newcomer copies has to work. Every ```python block is run, with the committed client at hand, and
has to print what is expected of its page before its time is up.
"""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]
# An update of the topic; a bar's time and price, and the last row of a table.
PAGES = {"README.md": [r"bars\.update"], "docs/clients.md": [r"^\d{13} \d+\.\d+$", r"^9 +\d+"]}
DOCUMENTED_HOST = "localhost:8080"
PATIENCE_SECONDS = 30


def first_match(process: subprocess.Popen, wanted: str) -> re.Match | None:
    """Reads lines until one matches; None when the process ends or takes too long."""
    alarm = threading.Timer(PATIENCE_SECONDS, process.kill)
    alarm.start()
    try:
        for line in process.stdout:
            sys.stdout.write(f"        {line[:200].rstrip()}\n")
            if match := re.search(wanted, line):
                return match
        return None
    finally:
        alarm.cancel()


def spawn(*command: str) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "clients/python/src")}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )


def main(binary: str) -> int:
    snippets = []
    for page, expected in PAGES.items():
        text = (ROOT / page).read_text()
        found = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        if len(found) != len(expected):
            print(f"FAIL  {page} has {len(found)} snippets of Python, {len(expected)} are expected")
            return 1
        snippets += [(page, *pair) for pair in zip(found, expected)]
    server = spawn(binary, "serve", "--listen", "127.0.0.1:0")
    try:
        bound = first_match(server, r"127\.0\.0\.1:[1-9]\d*")
        if not bound:
            print("FAIL  the server did not start")
            return 1
        # An unread pipe would stop the server once it is full.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        for number, (page, snippet, expected) in enumerate(snippets, start=1):
            client = spawn(sys.executable, "-u", "-c", snippet.replace(DOCUMENTED_HOST, bound[0]))
            try:
                if DOCUMENTED_HOST not in snippet or not first_match(client, expected):
                    print(f"FAIL  Python snippet {number}, of {page}, printed no {expected}")
                    return 1
                print(f"  ok  Python snippet {number}, of {page}")
            finally:
                client.kill()
                client.wait()
    finally:
        server.terminate()
        server.wait(timeout=15)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
