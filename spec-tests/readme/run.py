#!/usr/bin/env python3
"""Runs the Python of README.md against a real server: run.py PATH/TO/tickwire

What a newcomer copies has to work. Every ```python block is run, and has to print an update of
the topic it subscribes to before its time is up.
"""

import re
import subprocess
import sys
import threading
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
DOCUMENTED_HOST = "localhost:8080"
EXPECTED = r"bars\.update"
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
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main(binary: str) -> int:
    text = README.read_text() if README.exists() else ""
    snippets = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if not snippets:
        print("FAIL  README.md has no Python")
        return 1
    server = spawn(binary, "serve", "--listen", "127.0.0.1:0")
    try:
        bound = first_match(server, r"127\.0\.0\.1:[1-9]\d*")
        if not bound:
            print("FAIL  the server did not start")
            return 1
        # An unread pipe would stop the server once it is full.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        for number, snippet in enumerate(snippets, start=1):
            client = spawn(sys.executable, "-u", "-c", snippet.replace(DOCUMENTED_HOST, bound[0]))
            try:
                if DOCUMENTED_HOST not in snippet or not first_match(client, EXPECTED):
                    print(f"FAIL  Python snippet {number} of README.md printed no {EXPECTED}")
                    return 1
                print(f"  ok  Python snippet {number} of README.md")
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
