"""OR-Tools' CP-SAT in a process of its own: ortools and highspy each bring a library of one name,
and only the first that a process loads is used.

    python -m adversary.cpsat      reads a model a line, as JSON, and answers each with a line

A model has `bounds` of its variables, `lines` ``[low, high, terms]``, and `wanted` sums, which are
lists of terms like those ``[variable, factor]``. The answer has the least and the greatest value of
each wanted sum, or null where no numbers fit. Where `enough` gives a width and a reach for each, a
sum is not pursued further than two tables that are so far apart, the higher one at `reach` or more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

SECONDS = 60.0

Terms = list[tuple[int, int]]


def answered(model: dict[str, Any]) -> list[tuple[int, int]] | None:
    """The ends of all that is wanted of a model. Raises `TimeoutError`."""
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(model) + "\n")
    process.stdin.flush()
    found = json.loads(process.stdout.readline())
    if found == "timeout":
        raise TimeoutError("the exact solver gave up")
    return None if found is None else [(low, high) for low, high in found]


@cache
def _process() -> subprocess.Popen[str]:
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-m", "adversary.cpsat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def _serve() -> None:
    for line in sys.stdin:
        try:
            answer: object = _solved(json.loads(line))
        except TimeoutError:
            answer = "timeout"
        print(json.dumps(answer), flush=True)


def _solved(asked: dict[str, Any]) -> list[tuple[int, int]] | None:
    from ortools.sat.python import cp_model  # noqa: PLC0415  (see the module)

    model = cp_model.CpModel()
    variables = [
        model.new_int_var(low, high, str(place))
        for place, (low, high) in enumerate(asked["bounds"])
    ]

    def sum_of(terms: Terms) -> Any:
        return sum(variables[variable] * factor for variable, factor in terms)

    for low, high, terms in asked["lines"]:
        model.add_linear_constraint(sum_of(terms), low, high)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False  # costs more than it saves, many times over
    solver.parameters.max_time_in_seconds = SECONDS
    wanted, enough = asked["wanted"], asked.get("enough")
    seen: list[list[int]] = [[] for _ in wanted]
    for place, terms in enumerate(wanted):
        for sense, end in ((model.minimize, min), (model.maximize, max)):
            if enough and seen[place] and _is_enough(seen[place], *enough[place]):
                break
            sense(sum_of(terms))
            status = solver.solve(model)
            if status == cp_model.INFEASIBLE:
                return None
            if status != cp_model.OPTIMAL:
                raise TimeoutError
            table = [solver.value(variable) for variable in variables]
            for values, sum_ in zip(seen, wanted, strict=True):
                values.append(sum(table[variable] * factor for variable, factor in sum_))
            assert seen[place][-1] == end(seen[place])
    return [(min(values), max(values)) for values in seen]


def _is_enough(values: list[int], width: int, reach: int) -> bool:
    return max(values) - min(values) >= width and max(values) >= reach


if __name__ == "__main__":
    _serve()
