"""What a reader can write down of small published tables, in words: ranges, and lines over them."""

from __future__ import annotations

from accord.audit.assumed import Assumed
from accord.audit.case import Case, cases
from accord.audit.sightings import sightings
from accord.audit.sources import Source, meanings_of
from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED, System
from accord.indicators.catalogue import load_catalogue

GENDER = Relations((("female", "male", "nonbinary"),), ())
ALONE = Relations((), ())


def cases_of(
    *sources: Source, relations: Relations = GENDER, assumed: Assumed | None = None
) -> list[Case]:
    """Every case that some publications make."""
    known = load_catalogue()
    seen = tuple(sightings(sources))
    return list(cases(seen, relations, known, meanings_of(sources, known), assumed))


def case_of(
    *sources: Source, relations: Relations = GENDER, assumed: Assumed | None = None
) -> Case:
    """The only case that some publications make."""
    (case,) = cases_of(*sources, relations=relations, assumed=assumed)
    return case


def name(case: Case, variable: int) -> str:
    """``met.n all@s/3``: the definition, its numerator (or ``d``), the group and where."""
    role, _, indicator = case.quantity(variable).name.split(" ", 2)
    school, grade, group = case.place(variable)
    where = "/".join(part for part in (school, grade) if part)
    return f"{indicator.split('-')[0]}.{role[0]} {group}{f'@{where}' if where else ''}"


def ranges(case: Case, system: System) -> dict[str, tuple[int, int]]:
    """The range of each variable, by its name."""
    return {
        name(case, variable): (int(system.low[variable]), int(system.high[variable]))
        for variable in range(len(system))
    }


def lines(case: Case, system: System) -> list[str]:
    """Each line with its ends, as ``-all +female +male = 0`` or ``1 ≤ +all -2 female``."""
    texts = []
    for (members, signs), least, most in zip(
        system.lines, system.least.tolist(), system.most.tolist(), strict=True
    ):
        terms = " ".join(
            f"{'+' if sign > 0 else '-'}{'' if abs(sign) == 1 else f'{abs(sign)} '}"
            f"{name(case, member)}"
            for member, sign in zip(members.tolist(), signs.tolist(), strict=True)
        )
        if least == most:
            texts.append(f"{terms} = {least}")
        else:
            before = "" if least <= -UNBOUNDED else f"{least} ≤ "
            after = "" if most >= UNBOUNDED else f" ≤ {most}"
            texts.append(f"{before}{terms}{after}")
    return texts


def asked(case: Case) -> list[str]:
    """Each hidden number with what it needs: ``count met.n female: 3 wide, up to 3``."""
    kinds = ("count", "rest", "mean")
    return [
        f"{kinds[kind]} {name(case, part)}: {width} wide, up to {reach}"
        for kind, part, _, _, width, reach in zip(
            *(column.tolist() for column in case.targets.columns), strict=True
        )
    ]
