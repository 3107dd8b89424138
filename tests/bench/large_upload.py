"""Half a gigabyte brought to the workspace by somebody who picked the wrong file."""

from __future__ import annotations

import http.client
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from workspace_host import Served

MEGABYTES, MOST_MEMORY = 500, 400
_BOUNDARY = "----half-a-gigabyte"
_HEAD = (
    f"--{_BOUNDARY}\r\n"
    'Content-Disposition: form-data; name="file"; filename="video.accord"\r\n'
    "Content-Type: application/octet-stream\r\n\r\n"
).encode()
_END = f"\r\n--{_BOUNDARY}--\r\n".encode()


def upload_drill(home: Path, secret: str) -> list[Figure]:
    """Bring it as a release: what is answered, what the server needs for it, and what is left."""
    before = shutil.disk_usage(home).used
    with Served(home) as served:
        status, problems = _bring(served, secret)
        memory = _most_memory(served)
    left = (shutil.disk_usage(home).used - before) // 1_000_000
    title = f"an upload of {MEGABYTES} MB"
    return [
        Figure(f"{title}: answered", status, "", goal="422, with what to do",
               met=status == 422 and bool(problems[0]["remedy"])),
        Figure(f"{title}: memory of the server", memory, "MB", goal=f"{MOST_MEMORY} MB",
               met=memory <= MOST_MEMORY),
        Figure(f"{title}: left on disk", max(left, 0), "MB"),
    ]  # fmt: skip


def _bring(served: Served, secret: str) -> tuple[int, list[dict[str, str]]]:
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=300)
    line.request(
        "POST",
        "/api/v1/cedar-harbor/releases",
        body=_body(),
        headers={
            "Authorization": f"Bearer {secret}",
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            "Content-Length": str(len(_HEAD) + MEGABYTES * 1_000_000 + len(_END)),
        },
    )
    answer = line.getresponse()
    return answer.status, json.loads(answer.read())["problems"]


def _body() -> Iterator[bytes]:
    yield _HEAD
    for _ in range(MEGABYTES):
        yield b"\0" * 1_000_000
    yield _END


def _most_memory(served: Served) -> int:
    """The most that the server ever had in memory, in MB."""
    lines = Path(f"/proc/{served.process.pid}/status").read_text("utf-8").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1000
