"""Strands and ways of working: what the districts do together in each strand, and how much of it.

`modes` the ways of working · `models` · `doing` the acts · `engagement` who took part, term by term
· `forms`, `strand_views`, `work_views`, `plan_views`
"""
