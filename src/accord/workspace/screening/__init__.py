"""Warns before words or files are shared that look as if they were about a single student.

`signs` what is looked for, read from `signs.yaml` · `forms` the warning on a form · `files` what an
upload looks like. A warning is not a wall: whoever shares looks again, and says so in the trail.
"""
