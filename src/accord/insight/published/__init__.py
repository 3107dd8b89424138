"""What published figures say about districts before any record is shared.

`topics` what each published indicator asks, as data · `targets` the districts' own plan targets ·
`findings` series, changes, levels, gaps between groups' figures, and what is stale.
"""
