"""What people read: the scorecard as one HTML file, and the same numbers as an Excel workbook.

`scorecard` and `workbook` write them from a view (`accord.insight`). Reports lay out and word what
insight found; they compute no indicator, and they never hide, band or round for privacy: an edition
is built from the releases made for its audience.

`wording`, `phrases`, `sentences`, `marks`, `describing` say things · `palette`, `scales`, `spark`,
`charts`, `drawing` draw them · `overview`, `section`, `tables`, `gap_panels`, `provenance` prepare
the parts of the page · `templates/` lay them out
"""
