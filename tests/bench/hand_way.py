"""The sums by the hand-written SQL, with the engine's own settings."""

from __future__ import annotations

from pathlib import Path
from string import Template

from state import YEARS

from accord.station.engines.duckdb.session import Limits, session

_HAND_WRITTEN = Path(__file__).parent / "hand_written"


def measure(facts: Path, out: Path) -> None:
    """Write FACT/PERIOD.parquet into `out`."""
    with session(out, Limits()) as connection:
        for path in sorted(_HAND_WRITTEN.glob("*.sql")):
            (out / path.stem).mkdir(exist_ok=True)
            text = Template(path.read_text(encoding="utf-8"))
            for year in YEARS:
                name = f"{path.stem}/{year}.parquet"
                connection.execute(text.substitute(source=facts / name, target=out / name))
