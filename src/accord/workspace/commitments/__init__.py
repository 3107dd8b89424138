"""Commitments and flexibility: what districts promised and gave, what is shared, what is waived.

`kinds` what can be promised and shared, how a waiver stands · `models` · `doing` the acts ·
`balance` promised against given · `forms`, `waiver_forms`, `ledger_views`, `resource_views`,
`waiver_views`
"""
