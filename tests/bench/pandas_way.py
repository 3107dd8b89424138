"""The same sums in pandas, as a careful analyst would: two stages, integers, no text in the keys.

Pandas keeps decimals as Python objects, so days are read as whole hundredths; text becomes
categories. Only the columns that are needed are read, a year at a time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from state import YEARS

HUNDREDTHS = ("attendance-rate.attended", "attendance-rate.expected")

_PLACE = ["level", "organisation", "grade"]
_RACES = {
    "AA": "african-american",
    "AI": "american-indian",
    "AS": "asian",
    "FI": "filipino",
    "HI": "hispanic",
    "PI": "pacific-islander",
    "WH": "white",
    "MR": "two-or-more",
    "NR": "race-not-reported",
}
_GENDERS = {"F": "female", "M": "male", "X": "nonbinary", "NR": "gender-not-reported"}
_FLAGS = {
    "english_learner": "english-learners",
    "reclassified": "reclassified",
    "ever_english_learner": "ever-english-learners",
    "disadvantaged": "disadvantaged",
    "disability": "students-with-disabilities",
    "foster": "foster",
    "homeless": "homeless",
    "migrant": "migrant",
    "gifted": "gifted",
}
_GROUPS = ["all", *_RACES.values(), *_GENDERS.values(), *_FLAGS.values()]
_ATTRIBUTES = ["race_ethnicity", "gender", *_FLAGS]
_MISSING = np.iinfo(np.int32).min
_SUBJECTS = {
    "distance-from-standard": ("mathematics", "ela"),
    "*": ("mathematics", "ela", "reading"),
}

Sums = dict[str, pd.Series]


def measure(facts: Path, out: Path) -> None:
    """Write FACT/PERIOD.parquet into `out`."""
    for fact, way in (("student_year", _student_year), ("test_result", _test_result)):
        (out / fact).mkdir(exist_ok=True)
        for year in YEARS:
            sums = way(facts / fact / f"{year}.parquet")
            sums.to_parquet(out / fact / f"{year}.parquet", compression="zstd", index=False)


def _student_year(path: Path) -> pd.DataFrame:
    days = ["days_expected", "days_attended", "days_absent"]
    rows = _read(path, [*_PLACE, *_ATTRIBUTES, *days, "absence_exempt", "suspended", "stable"])
    expected, attended, absent = (rows[name] for name in days)
    present = ~rows["absence_exempt"]
    counted = (expected > 0) & present
    chronic = (expected >= 3100) & (attended > 0) & present & (rows["grade"] >= 0)
    sums = {
        "attendance-rate.members": counted,
        "attendance-rate.attended": attended.where(counted, 0),
        "attendance-rate.expected": expected.where(counted, 0),
        "chronic-absenteeism.members": chronic,
        "chronic-absenteeism.chronic": chronic & (absent * 10 >= expected),
        "stability-rate.members": rows["grade"] >= 0,
        "stability-rate.stable_students": (rows["grade"] >= 0) & rows["stable"],
        "suspension-rate.members": rows["suspended"].notna(),
        "suspension-rate.suspended_students": rows["suspended"],
    }
    cells = _cells(rows, [*_PLACE, *_ATTRIBUTES], sums)
    learners = _added(cells[cells["english_learner"]], _PLACE, list(sums), "english-learners")
    return _finished([*_grouped(cells, _PLACE, list(sums)), learners])


def _test_result(path: Path) -> pd.DataFrame:
    scores = ["scale_score", "achievement_level", "standard_score", "lowest_score", "distance"]
    attributes = [*_ATTRIBUTES, "recently_reclassified"]
    flags = ["expected", "tested", "first_year_el", "continuous"]
    rows = _read(path, [*_PLACE, "subject", "test", *attributes, *scores, *flags])
    score, distance = rows["scale_score"], rows["distance"]
    known = rows["test"].isin(["sbac", "three-districts"]) & rows["expected"]
    sat = known & rows["tested"]
    due = known & ~((rows["subject"] == "ela") & rows["first_year_el"])
    placed = sat & (rows["achievement_level"] != _MISSING)
    scored = sat & (score != _MISSING)
    shared = {
        "test-participation.members": due,
        "test-participation.took_part": due & rows["tested"],
        "met-standard.members": placed,
        "met-standard.met": placed & (rows["achievement_level"] >= 3),
        "advanced.advanced": placed & (rows["achievement_level"] >= 4),
        "mean-scale-score.members": scored,
        "mean-scale-score.scores": score.where(scored, 0),
        "mean-scale-score.squared_scores": (score * score).where(scored, 0),
    }
    graded = rows["grade"].isin([3, 4, 5, 6, 7, 8, 11])
    stands = due & (rows["test"] == "sbac") & rows["continuous"] & graded
    stood = stands & rows["tested"]
    measured = stood & (distance != _MISSING)
    lowest = rows["lowest_score"] - rows["standard_score"]
    distances = {
        "distance-from-standard.members": stands,
        "distance-from-standard.took_part": stood,
        "distance-from-standard.scored": measured,
        "distance-from-standard.distances": distance.where(measured, 0),
        "distance-from-standard.squared_distances": (distance * distance).where(measured, 0),
        "distance-from-standard.lowest_distances": lowest.where(stands & ~rows["tested"], 0),
    }
    sums = {**shared, **distances}
    place = [*_PLACE, "subject"]
    cells = _cells(rows, [*place, *attributes], sums)
    learners = cells["english_learner"]
    wider = learners | cells["recently_reclassified"]
    grouped = [
        *_grouped(cells, place, list(sums)),
        _added(cells[learners], place, list(shared), "english-learners"),
        _added(cells[wider], place, list(distances), "english-learners"),
    ]
    return _finished([_by_subject(grouped, list(sums))])


def _read(path: Path, names: list[str]) -> pd.DataFrame:
    table = pq.read_table(path, columns=names)
    return pd.DataFrame({name: _plain(table[name]) for name in names})


def _plain(column: pa.ChunkedArray) -> object:
    """Text as categories, decimals as hundredths, missing numbers as the least there is."""
    if pa.types.is_string(column.type):
        return column.dictionary_encode().to_pandas()
    if pa.types.is_boolean(column.type):
        return column.to_numpy()
    if pa.types.is_decimal(column.type):
        column = pc.multiply(column, pa.scalar(100, pa.decimal128(3, 0)))
    return pc.fill_null(column.cast(pa.int64()), _MISSING).to_numpy()


def _cells(rows: pd.DataFrame, keys: list[str], sums: Sums) -> pd.DataFrame:
    """The sums of the finest cells."""
    frame = pd.DataFrame(
        {
            **{key: rows[key] for key in keys},
            **{name: sum_.astype("int64") for name, sum_ in sums.items()},
        }
    )
    return frame.groupby(keys, sort=False, observed=True).sum().reset_index()


def _added(cells: pd.DataFrame, place: list[str], sums: list[str], group: str) -> pd.DataFrame:
    added = cells.groupby(place, sort=False, observed=True)[sums].sum().reset_index()
    return added.assign(group=group)


def _grouped(cells: pd.DataFrame, place: list[str], sums: list[str]) -> list[pd.DataFrame]:
    """The sums of every group but English learners, whom each fact counts in its own way."""
    found = []
    for column, names in (("race_ethnicity", _RACES), ("gender", _GENDERS)):
        added = cells.groupby([*place, column], sort=False, observed=True)[sums].sum()
        by_code = added.reset_index()
        found.append(
            by_code.assign(group=by_code[column].map(names).astype(str)).drop(columns=column)
        )
    found.append(_added(found[-1], place, sums, "all"))
    for flag, group in _FLAGS.items():
        if group != "english-learners":
            found.append(_added(cells[cells[flag]], place, sums, group))
    return found


def _by_subject(grouped: list[pd.DataFrame], sums: list[str]) -> pd.DataFrame:
    """A column for each sum and subject instead of a row for each subject."""
    keys = [*_PLACE, "group"]
    every = _concatenated(grouped).fillna(0)
    wide = []
    for subject in _SUBJECTS["*"]:
        here = every[every["subject"] == subject]
        added = here.groupby(keys, sort=False, observed=True)[sums].sum()
        asked = [name for name in sums if subject in _subjects(name)]
        wide.append(added[asked].rename(columns={name: _named(name, subject) for name in asked}))
    return pd.concat(wide, axis=1).fillna(0).astype("int64").reset_index()


def _subjects(name: str) -> tuple[str, ...]:
    return _SUBJECTS.get(name.partition(".")[0], _SUBJECTS["*"])


def _named(name: str, subject: str) -> str:
    indicator, _, sum_ = name.partition(".")
    return f"{indicator}-{subject}.{sum_}"


def _finished(grouped: list[pd.DataFrame]) -> pd.DataFrame:
    """All grades beside each grade, and zeros where there was nothing to add."""
    every = _concatenated(grouped)
    sums = [name for name in every.columns if name not in (*_PLACE, "group")]
    whole = every.groupby(["level", "organisation", "group"], sort=False, observed=True)[sums]
    every = pd.concat([every, whole.sum().reset_index().assign(grade=_MISSING)], ignore_index=True)
    places = every[_PLACE].drop_duplicates()
    frame = places.merge(pd.DataFrame({"group": _GROUPS}), how="cross")
    found = frame.merge(every, on=[*_PLACE, "group"], how="left")
    found[sums] = found[sums].fillna(0).astype("int64")
    found["grade"] = found["grade"].astype("Int64").replace(_MISSING, pd.NA)
    return found


def _concatenated(grouped: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(grouped, ignore_index=True).astype({"level": str, "organisation": str})
