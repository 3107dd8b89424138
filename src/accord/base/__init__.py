"""Things every room needs and that know nothing of schools' business.

`errors` what can go wrong and how it is said · `numbers` exact values and half-up rounding ·
`canonical` canonical JSON and hashes · `periods` school years and grades · `cds` California's
county-district-school codes · `documents` YAML that remembers its lines · `files` writes that
are whole or absent · `progress` how long work reports itself.
"""
