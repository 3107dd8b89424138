"""Pages from published figures alone, before any district has shared a record.

`words` findings in words · `trend` the chart over the years · `plot` the student groups side by
side · `scorecard` the page · `letter` the exploration letter, as PDF and Word.
"""
