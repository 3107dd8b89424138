"""Facts: one settled row for each student, school year, level and organisation.

`student_year` and `test_result` are made of every district's records; the others (`kinds`) where
theirs are there.

`build` makes them of the current records, whole or not at all · `rules` says how each attribute is
settled, as people read it · `year` the steps of one school year, in order: `membership` who
belonged where and when, `test_result` and `student_year` the two facts, `settle` one value of each
attribute · `counts` how many rows were settled in which way · `settings` the year's days and the
catalogue's numbers · `register` numbers in place of names · `workbench` where the queries run.
"""
