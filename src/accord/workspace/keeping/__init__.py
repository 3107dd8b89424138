"""What is kept, for how long, under whose key; what a district takes with it when it leaves.

`lifetimes` what the charter says and what its time is over · `holds` what may not be destroyed
though its time is over · `leaving` taking one's own, and going · `forms`, `views`
"""
