"""Holds many connections for a minute, one update a second to each, and counts what was lost.

usage: hold.py [CONNECTIONS] [SECONDS]        50000 and 60 without

Connections are spread over as many servers as the limit of open files (`ulimit -n`) asks for, with a
load generator for each. Needs what run.sh builds. Exits with 1 when anything was lost.
"""

import json
import os
import resource
import subprocess
import sys

from compare import HERE, RELEASE, Server

# Files that a process needs beside its connections.
SPARE = 300


def main() -> int:
    connections, seconds = (int(a) for a in (sys.argv[1:] + ["50000", "60"][len(sys.argv) - 1 :]))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    servers = -(-connections // (hard - SPARE))
    shares = [connections // servers + (n < connections % servers) for n in range(servers)]
    print(f"{connections} connections to {servers} server(s), {seconds} s, {os.cpu_count()} cores")
    running = []
    for share in shares:
        server = Server("tickwire", core=None)
        server.__enter__()
        load = subprocess.Popen(
            [
                f"{RELEASE}/bench-load", "fanout", "--address", server.address,
                "--pid", str(server.process.pid), "--subscribers", str(share), "--rate", "1",
                "--warmup", "1", "--seconds", str(seconds),
            ],
            cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        running.append((server, load))
    wrong = delivered = 0
    for server, load in running:
        out, error = load.communicate(timeout=seconds * 10 + 600)
        server.__exit__()
        if load.returncode != 0:
            print(error.strip(), file=sys.stderr)
            return 1
        result = json.loads(out)
        delivered += result["delivered"]
        wrong += sum(result[key] for key in ("lost", "duplicate", "disordered", "closed"))
        print(
            f"  {result['delivered']:>9} updates delivered; lost {result['lost']}, duplicate {result['duplicate']}, "
            f"out of order {result['disordered']}, closed {result['closed']}; "
            f"server {result['rss_kib'] / 1024:.0f} MiB, {result['cpu']:.1f} CPU s"
        )
    print(f"{delivered} updates delivered, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
