"""The fast engine: definitions compiled to DuckDB SQL.

`measure` writes the tables of sums; `statement` shows the SQL of a single number.
"""

from accord.station.engines.duckdb.measure import measure
from accord.station.engines.duckdb.session import Limits

__all__ = ["Limits", "measure"]
