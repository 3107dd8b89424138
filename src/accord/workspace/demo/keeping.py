"""The library of the story: practices with stances, files, and words that people approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from accord.base.documents import Written
from accord.workspace.demo.telling import Telling, read_words
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.doing import approve, take_stance
from accord.workspace.library.kinds import Choice
from accord.workspace.library.models import Document, Practice, Quotation, VersionFile
from accord.workspace.library.uploads import keep
from accord.workspace.people.models import Person
from accord.workspace.people.roles import Role
from accord.workspace.permissions.actor import actor_in
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.strands.models import Version


class ToldPractice(Written):
    """A practice; `stances` of each district in the charter's order: month, choice, why."""

    of: int
    title: str
    strand: str
    inquiry: str
    what: str
    evidence: str
    stances: tuple[tuple[tuple[int, Choice, str], ...], ...]


class ToldDocument(Written):
    """A document and its text."""

    of: int
    title: str
    about: str
    file: str
    text: str


class ToldVersion(Written):
    """The file of a version of a joint development."""

    work: str
    label: str
    file: str
    text: str


class ToldQuotation(Written):
    """Words, and for whom they were approved; empty while they wait."""

    of: int
    role: Role
    month: int
    occasion: str
    words: str
    answer: str


class _Told(Written):
    practices: tuple[ToldPractice, ...]
    documents: tuple[ToldDocument, ...]
    versions: tuple[ToldVersion, ...]
    quotations: tuple[ToldQuotation, ...]


class Keeping(Telling):
    """Fills the library with what the partnership has come to know."""

    def keep_all(self, today: date) -> None:
        """Practices, documents, files of tools and quotations, as of today."""
        words = read_words("library.yaml", _Told)
        for practice in words.practices:
            self._describe(practice, today)
        for document in words.documents:
            shared = self._shared(document.of, today)
            of = partial(
                Document.objects.create, title=document.title, about=document.about, **shared
            )
            self._bring(document.file, document.text, self._lead(document.of), of)
        for told in words.versions:
            version = Version.objects.filter(
                work__partnership=self._partnership, work__title=told.work, label=told.label
            ).first()
            if version is not None:
                made = partial(VersionFile.objects.create, version=version)
                self._bring(told.file, told.text, version.by, made)
        for quotation in words.quotations:
            self._quote(quotation, today)

    def _describe(self, told: ToldPractice, today: date) -> None:
        first = min(stance[0] for stances in told.stances for stance in stances)
        practice = Practice.objects.create(
            **self._shared(told.of, self._day(first)),
            title=told.title,
            strand=told.strand,
            what=told.what,
            evidence=told.evidence,
            inquiry=Inquiry.objects.filter(
                partnership=self._partnership, question__startswith=told.inquiry
            ).first(),
        )
        for place, stances in enumerate(told.stances):
            for month, choice, why in stances:
                if self._day(month) <= today:
                    take_stance(
                        practice, self._districts[place], choice, why,
                        by=self._lead(place), at=self._at(self._day(month)),
                    )  # fmt: skip

    def _quote(self, told: ToldQuotation, today: date) -> None:
        quoted = self._holding(told.of, told.role)
        district = self._districts[told.of]
        quotation = Quotation.objects.create(
            **self._shared(1 - told.of, self._day(told.month), Visibility.NAMED),
            words=told.words,
            quoted=quoted,
            called=f"{Role(told.role).label} of {district.short}",
            said_on=self._day(told.month),
            occasion=told.occasion,
        )
        quotation.named.set([quoted])
        if told.answer:
            actor = actor_in(self._partnership, quoted, today)
            approve(quotation, Visibility(told.answer), by=actor)

    def _bring(self, name: str, text: str, by: Person, of: Callable[..., object]) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            partnership = self._partnership
            keep(path, name, partnership=partnership, by=by, of=lambda upload: of(upload=upload))
