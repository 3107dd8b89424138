"""Before a charter, and after it: exploration letters, conditions for success, replication.

`conditions` what research and founders say must be in place, as dated data · `kinds` what can be
answered, and what a letter led to · `models` · `writing` the acts on a letter · `answering` a
district's own answers, then side by side · `pack` what another pair of districts needs · `forms`,
`condition_views`, `letter_views`, `pack_views`
"""
