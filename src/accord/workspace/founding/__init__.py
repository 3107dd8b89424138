"""Before a charter, and after it: exploration letters, conditions for success, replication.

`conditions` what research and founders say must be in place, as dated data · `kinds` what can be
answered, and what a letter led to · `models` · `answering` a district's own answers, then side by
side · `exploring` a partnership of two districts that have no charter yet · `writing` the acts on
a letter · `pack` what another pair of districts needs · `forms`, `condition_views`,
`letter_views`, `pack_views`
"""
