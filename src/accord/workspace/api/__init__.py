"""The workspace for programs: the same rows by the same rules, as JSON described by OpenAPI.

`models`, `tokens` who a program acts for · `needs` the act that each operation needs · `checking`
token, limit and rule, before anything else · `schemas` what comes and goes · `reading`, `writing`
the operations · `service` all of it together · `views` the page of tokens
"""
