"""What the state publishes, read as figures that name their source, beside the partners' own.

`figure` one published number and its marks · `layout` what a download's columns mean, as dated
data in ``layouts/`` · `delimited` a file's lines, whatever its delimiter and encoding · `reading`
from lines to figures, with every fault named by line and field · `adding` all students, where a
download only has the parts · `keeping` figures in a file of our own · `reconcile` a release
against what was published, row by row, with `rules` for the differences that have a reason.
"""
