"""Attacking what is published, from what is published alone.

`sources` and `sightings` read tables; `forms` and `quantities` tell which numbers are the same;
`case` writes down everything that a reader can. `propagate` narrows line by line, `parts`, `hunt`
and `bounds` search with linear programs, `attacks` puts an audit together and `formulas` tells how
each attack goes. `certifying` makes a certificate, `certificate` keeps it, and `checking` checks it
without any solver.
"""
