"""The commitments of the story: promised, given bit by bit, shared with a cost, set aside."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from accord.base.documents import Written
from accord.workspace.commitments.doing import give, split_cost
from accord.workspace.commitments.kinds import Kind
from accord.workspace.commitments.kinds import Shared as SharedKind
from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.demo.telling import Telling, read_words
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.trail.writing import record

_GIFTS = 8


class ToldCommitment(Written):
    """A promise; `share` is what was given of what the passed time asks for."""

    of: int
    kind: Kind
    what: str
    promised: Decimal
    months: tuple[int, int]
    share: Decimal
    strand: str = ""
    where: str = ""
    words: tuple[str, ...]


class ToldResource(Written):
    """A shared resource, and what each district pays."""

    of: int
    kind: SharedKind
    what: str
    cost: Decimal
    pays: tuple[Decimal, Decimal]
    month: int
    detail: str = ""


class ToldWaiver(Written):
    """A waiver as far as it has come; its days are months."""

    of: int
    fund: str
    code: str
    rule: str
    condition: str
    consultation: str
    consulted: int | None = None
    approval: str = ""
    approved: int | None = None
    expires: int | None = None
    indicator: str
    benchmark: str
    visibility: Visibility


class _Told(Written):
    commitments: tuple[ToldCommitment, ...]
    resources: tuple[ToldResource, ...]
    waivers: tuple[ToldWaiver, ...]


class Promising(Telling):
    """Lets the districts promise and give."""

    def promise_all(self, today: date) -> None:
        """Everything that was promised, shared or set aside by today."""
        words = read_words("commitments.yaml", _Told)
        for commitment in words.commitments:
            self._promise(commitment, today)
        for resource in words.resources:
            self._share(resource)
        for waiver in words.waivers:
            self._set_aside(waiver)

    def _promise(self, told: ToldCommitment, today: date) -> None:
        since, until = (self._day(month) for month in told.months)
        by = self._lead(told.of)
        made = Commitment.objects.create(
            **self._shared(told.of, since),
            kind=told.kind,
            what=told.what,
            strand=told.strand,
            promised=told.promised,
            since=since,
            until=until,
            where=told.where,
        )
        record("promised", made, by=by.email, chain=self._partnership.pk, at=made.made_at)
        if told.kind is Kind.STAFF:  # a position is filled once, not bit by bit
            give(made, since, told.promised * told.share, by=by, words=told.words[0])
            return
        passed = min((today - since).days, (until - since).days)
        whole = told.promised * told.share * passed / (until - since).days
        for place in range(_GIFTS):
            on = since + timedelta(days=passed * (place + 1) // (_GIFTS + 1))
            words = told.words[place % len(told.words)]
            give(made, on, (whole / _GIFTS).quantize(Decimal(1)), by=by, words=words)

    def _share(self, told: ToldResource) -> None:
        since = self._day(told.month)
        made = Resource.objects.create(
            **self._shared(told.of, since),
            kind=told.kind,
            what=told.what,
            detail=told.detail,
            cost=told.cost,
            since=since,
        )
        by = self._lead(told.of)
        split_cost(made, dict(zip(self._districts, told.pays, strict=True)), by=by)

    def _set_aside(self, told: ToldWaiver) -> None:
        began = self._day((told.consulted or 50) - 2)
        made = Waiver.objects.create(
            **self._shared(told.of, began, told.visibility),
            fund=told.fund,
            code=told.code,
            rule=told.rule,
            condition=told.condition,
            consultation=told.consultation,
            consulted_on=self._when(told.consulted),
            approval=told.approval,
            approved_on=self._when(told.approved),
            expires_on=self._when(told.expires),
            indicator=told.indicator,
            benchmark=told.benchmark,
        )
        by = self._lead(told.of)
        chain = self._partnership.pk
        record("registered a waiver", made, by=by.email, chain=chain, at=made.made_at)

    def _when(self, month: int | None) -> date | None:
        return None if month is None else self._day(month)
