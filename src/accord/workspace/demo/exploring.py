"""What came before the founding: a letter, both agreements, and the conditions answered twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from accord.base.canonical import content_hash, short_hash
from accord.base.documents import Written
from accord.base.words import day_words
from accord.charter.document import write_pdf
from accord.charter.document.parts import Memorandum, Paragraph, Section, Signature
from accord.reports.fonts import FONTS
from accord.workspace.demo.telling import Telling, read_words
from accord.workspace.founding.conditions import load_conditions
from accord.workspace.founding.kinds import Answer, Outcome
from accord.workspace.founding.models import Agreement, ConditionAnswer, Letter, Readiness
from accord.workspace.library.models import Upload
from accord.workspace.library.uploads import keep
from accord.workspace.people.roles import Role
from accord.workspace.trail.writing import record


class _Told(Written):
    """`months` from when to when the letter ran; `agreed` and `answered` by each district."""

    title: str
    looks_into: str
    months: tuple[int, int]
    agreed: tuple[int, ...]
    learned: str
    answered: tuple[int, ...]
    answers: dict[str, tuple[tuple[Answer, str], ...]]


class Exploring(Telling):
    """Lets the districts explore before they found."""

    def explore_all(self) -> None:
        """The letter with its agreements, and each district's answers."""
        words = read_words("exploring.yaml", _Told)
        letter = self._write(words)
        for place, month in enumerate(words.agreed):
            head = self._holding(place, Role.SUPERINTENDENT)
            made = Agreement.objects.create(
                letter=letter,
                district=self._districts[place],
                by=head,
                at=self._at(self._day(month)),
            )
            record("agreed to explore", made, by=head.email, chain=self._partnership.pk,
                   at=made.at, letter=letter.pk, file=letter.upload.hash)  # fmt: skip
        for place, month in enumerate(words.answered):
            self._answer(place, month, words)

    def _write(self, words: _Told) -> Letter:
        since, until = (self._day(month) for month in words.months)
        made = self._bring(
            words,
            lambda upload: Letter.objects.create(
                **self._shared(0, since),
                title=words.title,
                looks_into=words.looks_into,
                since=since,
                until=until,
                upload=upload,
                outcome=Outcome.CHARTER,
                ended_on=self._founded,
                ended_words=words.learned,
            ),
        )
        by = self._lead(0).email
        record("brought an exploration letter", made, by=by, chain=self._partnership.pk,
               at=made.made_at, file=made.upload.hash)  # fmt: skip
        return made

    def _answer(self, place: int, month: int, words: _Told) -> None:
        day = self._day(month)
        made = Readiness.objects.create(**self._shared(place, day), shared_at=self._at(day))
        for condition in load_conditions().conditions:
            choice, why = words.answers[condition.id][place]
            ConditionAnswer.objects.create(
                readiness=made, condition=condition.id, asked=condition.asks, choice=choice,
                words=why,
            )  # fmt: skip
        by = self._lead(place).email
        record("widened", made, by=by, chain=self._partnership.pk, at=made.made_at,
               before="district", after="partners")  # fmt: skip

    def _bring(self, words: _Told, of: Callable[[Upload], Letter]) -> Letter:
        mark = content_hash([words.title, words.looks_into])
        until = day_words(self._day(words.months[1]))
        document = Memorandum(
            title=f"Exploration letter: {words.title}",
            kicker="Before a learning partnership",
            subtitle="Published figures and district-level figures, for a named time",
            notice="Signed by both superintendents.",
            is_draft=False,
            sections=(
                Section("What we want to find out", (Paragraph(words.looks_into, "lead"),)),
                Section("For how long", (Paragraph(f"Until {until}."),)),
            ),
            signing="By signing, each superintendent agrees to this conversation, and to nothing "
            "else.",
            signatures=tuple(
                Signature(one.name, "Superintendent", "", "Signed") for one in self._districts
            ),
            hash=mark,
            short_hash=short_hash(mark),
            kind="letter",
        )
        with TemporaryDirectory() as folder:
            path = Path(folder) / "exploration-letter.pdf"
            write_pdf(document, path, FONTS)
            return keep(path, path.name, partnership=self._partnership, by=self._lead(0), of=of)
