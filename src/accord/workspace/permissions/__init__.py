"""Who may see and do what: the only place that decides. Pages ask, they never decide.

`visibility` how widely a thing is seen · `table` what each role may do, as data · `actor` somebody
with the positions they hold today · `shared` what every shared thing has · `rules` one condition
that answers both “may they?” and “list what they may” · `widening` how more people come to see a
thing · `pages` the declaration that every page carries
"""
