"""What an operation answers when it did nothing: the same three sentences as everywhere."""

from __future__ import annotations

from accord.workspace.api.schemas import Problems

WRONG = {400: Problems, 401: Problems, 403: Problems, 404: Problems, 409: Problems}
WRONG |= {422: Problems, 429: Problems, 503: Problems}
"""The answers that every operation may give besides its own."""
