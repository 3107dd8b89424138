"""Fifty people at once, five seconds of thinking, a three-year partnership: by locust.

Two processes serve them, as docs/how-to/deploy.md has it for two cores, each request by turns.

    python tests/bench/load_workspace.py

They come one a second, and are measured once all are there. Writes build/bench/workspace.json.
`ACCORD_LOAD_SECONDS` says how long (120 where it doesn't).
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import requests
from figures import Figure, exit_code, write_figures
from workspace_host import BUILD, Served, copy_of, seeded

PEOPLE, QUICK, LIGHT = 50, 300, 350
"""How many at once; the 95th percentile in ms, and a page's weight in kB, to stay under."""


def main() -> int:
    """One run; the exit code says whether all goals were met."""
    home = copy_of(seeded(), "load")
    seconds = os.environ.get("ACCORD_LOAD_SECONDS", "120")
    report = BUILD / "load-report"
    with Served(home) as served, Served(home) as other:
        first = max(first_visit(one.address) for one in (served, other))
        subprocess.run(
            [sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("load_pages.py")),
             "--headless", "--users", str(PEOPLE), "--spawn-rate", "1",
             "--run-time", f"{int(seconds) + PEOPLE}s",
             "--reset-stats", "--host", served.address, "--csv", str(report), "--only-summary"],
            check=False,
            env={**os.environ, "ACCORD_OTHER_ADDRESS": other.address},
        )  # fmt: skip
        assets = weight_of_assets(served.address)
    with Path(f"{report}_stats.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    total = next(row for row in rows if row["Name"] == "Aggregated")
    failed, slow = int(total["Failure Count"]), float(total["95%"])
    pages = [row for row in rows if row["Name"].startswith("/p/")]
    heaviest = max(float(row["Average Content Size"]) for row in pages)
    weight = (heaviest + assets) / 1000
    requests = f"{total['Request Count']} requests by {PEOPLE} people in {seconds} s"
    found = [
        Figure("load: first visit to the indicators after a start", round(first, 1), "s"),
        Figure("load: 95th percentile", slow, "ms", requests, goal=f"under {QUICK} ms",
               met=slow < QUICK),
        Figure("load: errors", failed, "requests", requests, goal="0", met=failed == 0),
        Figure("load: heaviest page, with style, scripts and fonts", round(weight), "kB",
               f"{assets / 1000:.0f} kB of them kept by the browser", goal=f"under {LIGHT} kB",
               met=weight < LIGHT),
    ]  # fmt: skip
    write_figures("workspace", found)
    return exit_code(found)


def first_visit(address: str) -> float:
    """Seconds that the first visitor after a start waits for the figures; the fifty come later."""
    visitor = requests.Session()
    chosen = visitor.get(f"{address}/somebody/").text
    person = re.findall(r'action="(/somebody/\d+/)"', chosen[chosen.index("Cedar Valley</h") :])[0]
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', chosen)[0]
    began = time.monotonic()
    visitor.post(address + person, {"csrfmiddlewaretoken": token})
    visitor.get(f"{address}/p/cedar-harbor/indicators/").raise_for_status()
    return time.monotonic() - began


def weight_of_assets(address: str) -> int:
    """Bytes of what every page asks for besides itself, as sent to a browser that takes gzip."""
    page = urllib.request.urlopen(f"{address}/account/login/").read().decode()
    found = set(re.findall(r'(?:href|src)="(/(?:static|style)[^"]+)"', page))
    style = next(one for one in found if one.endswith(".css"))
    css = urllib.request.urlopen(address + style).read().decode()
    latin = re.findall(r"url\((/static/[^)]+)\)[^}]*unicode-range:U\+0000", css)
    return sum(weight(address + one) for one in (*found, *latin))


def weight(url: str) -> int:
    """Bytes sent for an address."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        return len(answer.read())


if __name__ == "__main__":
    sys.exit(main())
