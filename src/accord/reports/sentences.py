"""What the numbers say, in sentences that a superintendent could say aloud.

Each sentence follows from findings alone. Nothing is said to have risen or fallen within the noise,
and no order ranks the districts: they come as the charter lists them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from accord.base.words import list_words
from accord.insight.change import Change, Movement, Verdict
from accord.insight.gaps import GapMovement
from accord.insight.pace import Standing, Status
from accord.insight.view import DistrictFinding, IndicatorFinding, View
from accord.reports.wording import counted, estimate_text, moved_text, year_text

_VERBS = (
    "Met ",
    "Reached ",
    "Took ",
    "Passed ",
    "Stayed ",
    "Completed ",
    "Graduated ",
    "Enrolled ",
)
"""How titles begin that say what students did, rather than name a measure."""


def headline(view: View) -> list[str]:
    """The answer first: the first indicator of each strand, as the charter lists them.

    The year that they count from is said once where it is the same for all.
    """
    leading = [strand.indicators[0] for strand in view.strands if strand.indicators]
    years = {since_words(item.since for item in finding.districts) for finding in leading}
    if len(years) == 1 and (since := years.pop()):
        first, *others = [_headline(finding, "") for finding in leading]
        return [f"S{since[2:]}, {_lowered(first)}", *others]
    return [
        _headline(finding, since_words(item.since for item in finding.districts))
        for finding in leading
    ]


def summary(view: View) -> list[str]:
    """All indicators in two or three sentences of counts, so that the headline can't flatter."""
    found = [item for finding in view.indicators for item in finding.districts]
    verdicts = Counter(item.since.verdict for item in found if item.since is not None)
    told = sum(verdicts.values())
    sentences = [
        f"Across {counted(len(view.indicators), 'indicator', 'indicators')} and "
        f"{counted(len(view.districts), 'district', 'districts')}, "
        f"{counted(told, 'result', 'results')} can be compared with an earlier year: "
        f"{verdicts[Verdict.IMPROVED]} better, {verdicts[Verdict.WORSENED]} worse, "
        f"{verdicts[Verdict.UNSURE]} can't be told yet."
    ]
    statuses = Counter(item.standing.status for item in found if item.standing is not None)
    if statuses:
        parts = [
            f"{statuses[status]} {words}" for status, words in _STATUS_WORDS if statuses[status]
        ]
        total = counted(sum(statuses.values()), "target", "targets")
        sentences.append(f"Of {total} for all students, {list_words(parts)}.")
    moves = Counter(
        gap.change.movement for item in found for gap in item.gaps if gap.change is not None
    )
    if moves:
        sentences.append(
            f"Of {counted(sum(moves.values()), 'gap', 'gaps')} between student groups, "
            f"{moves[GapMovement.NARROWED]} narrowed, {moves[GapMovement.WIDENED]} widened and "
            f"{moves[GapMovement.UNSURE]} can't be told yet."
        )
    return sentences


_STATUS_WORDS = (
    (Status.MET, "met"),
    (Status.ON_PACE, "on pace"),
    (Status.UNSURE, "too close to call"),
    (Status.BEHIND, "behind pace"),
    (Status.SHORT, "not met"),
    (Status.UNKNOWN, "can't be judged"),
)


def findings(finding: IndicatorFinding) -> list[tuple[int, str]]:
    """One sentence a district, with the district's order in the charter."""
    return [(item.district.order, _finding(item, finding)) for item in finding.districts]


def groups_changed(found: DistrictFinding) -> list[str]:
    """For which groups it got better or worse by more than chance, and for which nobody can say."""
    by_verdict: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    silent = []
    for item in found.groups[1:]:
        if item.change is None:
            silent.append(item.group.short)
        else:
            by_verdict[item.change.verdict].append(item.group.short)
    sentences = [
        f"{word} for {list_words(names)}."
        for word, names in (
            ("Better", by_verdict[Verdict.IMPROVED]),
            ("Worse", by_verdict[Verdict.WORSENED]),
        )
        if names
    ]
    unsure = by_verdict[Verdict.UNSURE]
    if unsure:
        sentences.append(f"Can't tell yet for {_few_or_count(unsure)}.")
    if silent:
        sentences.append(f"No comparison for {_few_or_count(silent)}.")
    return sentences


def target_sentence(standing: Standing) -> str:
    """The charter's rule, and why a target can't be judged where it can't."""
    return " ".join(part for part in (standing.rule, standing.reason) if part)


def spoken(title: str) -> str:
    """A title as the subject of a sentence: ``Mean scale score in mathematics``."""
    before, comma, after = title.rpartition(", ")
    whole = f"{before} in {after}" if comma else title
    return f"The share of students who {_lowered(whole)}" if title.startswith(_VERBS) else whole


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def since_words(changes: Iterable[Change | None]) -> str:
    """`` since 2021–22`` where all changes start in the same year, else nothing."""
    years = {change.since for change in changes if change is not None}
    return f" since {year_text(years.pop())}" if len(years) == 1 else ""


def _headline(finding: IndicatorFinding, since: str) -> str:
    title, found = spoken(finding.definition.title), finding.districts
    said = [_movement(item.since) for item in found]
    if len(set(said)) == 1:
        everywhere = _everywhere(len(found))
        if said[0] in (Movement.ROSE, Movement.FELL):
            return f"{title} {said[0]}{everywhere}{since}."
        return f"{title}: {_UNSAID[said[0]]}{_nowhere(len(found))}."
    moved = [
        f"{item_said} in {item.district.short}"
        for item, item_said in zip(found, said, strict=True)
        if item_said in (Movement.ROSE, Movement.FELL)
    ]
    others: dict[Movement | None, list[str]] = {}
    for item, item_said in zip(found, said, strict=True):
        if item_said not in (Movement.ROSE, Movement.FELL):
            others.setdefault(item_said, []).append(item.district.short)
    rest = [f"{_UNSAID[item_said]} in {list_words(names)}" for item_said, names in others.items()]
    begin = f"{title} {list_words(moved)}{since}" if moved else f"{title}"
    return f"{begin}{'; ' if moved else ': '}{'; '.join(rest)}." if rest else f"{begin}."


_UNSAID: dict[Movement | None, str] = {
    Movement.UNSURE: "can't tell yet",
    Movement.NOT_JUDGED: "how much of the change is chance isn't known",
    None: "nothing to compare yet",
}


def _everywhere(count: int) -> str:
    return {1: "", 2: " in both districts"}.get(count, f" in all {count} districts")


def _nowhere(count: int) -> str:
    return {1: "", 2: " in either district"}.get(count, " in any district")


def _movement(change: Change | None) -> Movement | None:
    return None if change is None else change.movement


def _finding(found: DistrictFinding, finding: IndicatorFinding) -> str:
    name, definition, latest = found.district.short, finding.definition, found.series.latest
    if latest.estimate is None:
        return f"{name}: {latest.why_blank} in {year_text(latest.period)}."
    now, change = estimate_text(latest.estimate, definition), found.since
    earlier = None if change is None else found.series.at(change.since)
    if change is None or earlier is None or earlier.estimate is None:
        return (
            f"{name} stands at {now} in {year_text(latest.period)}; nothing to compare it with yet."
        )
    then = estimate_text(earlier.estimate, definition)
    course = f"from {then} in {year_text(change.since)} to {now} in {year_text(change.until)}"
    match change.movement:
        case Movement.ROSE | Movement.FELL:
            good = "better" if change.verdict is Verdict.IMPROVED else "worse"
            return f"{name} {change.movement} {course}: {good}, and more than chance would do."
        case Movement.UNSURE:
            return f"{name} went {course}: too little to tell from chance yet."
        case _:
            moved = moved_text(change.estimate, definition)
            return f"{name} went {course} ({moved}); how much of it is chance isn't known."


def _few_or_count(names: list[str]) -> str:
    return list_words(names) if len(names) <= 4 else f"{len(names)} groups"
