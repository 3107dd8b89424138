"""What each of fifty people does, for locust: read a page, think five seconds, read the next."""

from __future__ import annotations

import os
import re
from itertools import cycle
from typing import Any

from locust import HttpUser, constant, task

_PEOPLE = cycle(range(1, 41))
PAGES = (
    "", "indicators/", "indicators/chronic-absenteeism/", "meetings/", "meetings/{meeting}/",
    "meetings/{meeting}/minutes/", "actions/", "actions/?as=list", "people/", "releases/",
    "notes/", "charter/", "search/?q=families", "editions/", "keeping/",
    "inquiry/", "strands/", "commitments/", "library/", "library/timeline/",
)  # fmt: skip


class Member(HttpUser):  # type: ignore[misc]
    """Somebody of the partnership, signed in."""

    wait_time = constant(5)
    meeting = 1

    def on_start(self) -> None:
        """Become one of the made-up people; each begins on another page."""
        self._addresses = cycle([self.host, os.environ.get("ACCORD_OTHER_ADDRESS", self.host)])
        number = next(_PEOPLE)
        chosen = self.client.get("/somebody/", name="/somebody/").text
        ours = chosen[chosen.index("Cedar Valley</h") :]  # third parties come before, and see less
        people = re.findall(r'action="(/somebody/\d+/)"', ours)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', chosen)
        assert token
        sent = {"csrfmiddlewaretoken": token.group(1)}
        leading = people[:40]
        self.client.post(leading[number % len(leading)], sent, name="/somebody/…/")
        meetings = self.client.get("/p/cedar-harbor/meetings/", name="/p/…/meetings/").text
        found = re.findall(r"/meetings/(\d+)/", meetings)
        self.meeting = int(found[0]) if found else 1
        start = number % len(PAGES)
        self._pages: Any = cycle(PAGES[start:] + PAGES[:start])

    @task
    def read(self) -> None:
        """The next page; one that this person's role may not see is an answer too."""
        page = next(self._pages)
        self.client.base_url = next(self._addresses)
        address = f"/p/cedar-harbor/{page.format(meeting=self.meeting)}"
        with self.client.get(address, name=f"/p/…/{page}", catch_response=True) as answer:
            if answer.status_code in (200, 403):
                answer.success()
