"""Student growth percentiles under frozen norms.

`quantile` fits regressions at a hundred quantiles, `splines` the curves that they are fitted on;
`norms` fits a base cohort with both and keeps what came of it, as a document with a hash that a
holder signs; `percentiles` reads students' growth off such norms, and what growth a target needs.
"""
