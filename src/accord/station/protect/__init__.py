"""The gate: what may leave a district, and what must be hidden so that the rest can't tell.

`protect` the public face · `raw` a measure as cells · `primary` the rules in plain sight ·
`columns`, `nesting`, `scores`, `numbers` which numbers are protected · `knowledge` what a reader
can write down · `costs` what gives way first · `family` one fact and period.

`hiding` what to hide of a `quantity`: `closing` line by line, `moves` and `proofs` for the rest ·
`plain` the same for any table · `rows` a release's rows · `reasons` why, for the district alone.
"""
