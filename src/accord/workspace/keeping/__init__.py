"""What is kept, for how long, under whose key; what a district takes with it when it leaves.

`lifetimes` what the charter says and what its time is over · `holds` what may not be destroyed
though its time is over · `joint_work` what a district wrote of it · `leaving` taking one's own, and
going · `zipping` the file in which it goes · `closing` what lay open before there was a key ·
`contents` · `own_district` · `forms`, `key_forms`, `views`, `key_views`
"""
