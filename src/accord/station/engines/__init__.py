"""Engines: from facts to sums, the same numbers whichever of them computes.

`request` says what is asked and what the answer looks like; `measure` runs an engine for a station.
`reference` is plain Python and says what is right; `duckdb` is fast.
"""
