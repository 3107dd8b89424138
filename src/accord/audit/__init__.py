"""Attacking what is published, from what is published alone.

`sources` and `sightings` read tables; `forms` and `quantities` tell which numbers are the same;
`reading` brings them together, `written` writes down all that a reader can, and `judging` says what
must stay hidden: that is a `case`. `propagate` narrows line by line, `parts`, `hunt` and `bounds`
search with linear programs, `attacks` puts an audit together and `formulas` tells how each attack
goes. `certifying` makes a certificate, `certificate` keeps it, and `checking` checks it without any
solver.
"""
