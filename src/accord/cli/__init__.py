"""The command line: one module a verb, and the plumbing they share.

`app` puts the verbs together · `console` how the terminal speaks: tables, progress, errors,
`--json`. Verbs that touch student rows are listed in `app` as station verbs and are there only
where the station is installed.
"""
