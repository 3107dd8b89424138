"""Between the gate and the door: a draft, what a reviewer is shown of it, and what has changed.

`draft` the release that waits inside the station · `changes` what is new, gone or different since
the release before · `review` what would leave and what is hidden and why · `page` the same as one
HTML page. Nothing of this leaves the district.
"""
