"""What the numbers mean: the definition language, facts, groups, and the catalogue. No data.

`language` expressions · `vocabulary` the columns of the facts · `definition` one indicator, known
by its hash · `groups` student groups · `catalogue` everything that ships, and what a district adds.
"""
