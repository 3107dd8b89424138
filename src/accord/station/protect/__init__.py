"""The gate: what may leave a district, and what must be hidden so that the rest can't tell.

`protect` the public face · `raw` a measure as cells · `quantities` which numbers are one ·
`primary` groups too small to speak about · `complement` what else to hide · `elimination` what
adding and subtracting can tell · `rows` a release's rows · `reasons` why, for the district alone.
"""
