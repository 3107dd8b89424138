"""What can go wrong, as data: what happened, where, and what to do next.

Every failure that accord foresees is an `AccordError`; the command line turns each kind into its
own exit code. No message may carry a student's value: messages name files, lines and fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    `what` and `remedy` are sentences. `line` counts from 1. `field` is a column or a dotted path
    such as ``indicators[2].definition``.
    """

    what: str
    remedy: str
    file: str = ""
    line: int | None = None
    field: str = ""

    @property
    def where(self) -> str:
        """``file, line N, field F``, as much of it as is known."""
        parts = [
            self.file,
            f"line {self.line}" if self.line is not None else "",
            f"field {self.field}" if self.field else "",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} {self.remedy}".rstrip()


class AccordError(Exception):
    """A foreseen failure. `problems` has one entry for each thing to mend."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("an error must say what happened")
        self.problems: Sequence[Problem] = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    @classmethod
    def because(
        cls,
        what: str,
        remedy: str = "",
        *,
        file: str | Path = "",
        line: int | None = None,
        field: str = "",
    ) -> Self:
        """An error with a single problem."""
        return cls(Problem(what=what, remedy=remedy, file=str(file), line=line, field=field))


class InputError(AccordError):
    """A file that a person wrote or exported can't be used as it is."""

    exit_code = 3


class RefusedError(AccordError):
    """A check said no: a signature, a hash, the charter, or the gate."""

    exit_code = 4


class StateError(AccordError):
    """The request makes sense, but not now: something must be done first, or has been already."""

    exit_code = 5


class MachineError(AccordError):
    """The machine said no: a full disk, a folder that can't be written, too little memory."""

    exit_code = 6
