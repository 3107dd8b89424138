"""What the released numbers say: change, noise, targets, gaps and how much is seen.

Pure functions over released cells, the charter and the catalogue; frozen values come out. Nothing
here touches a record, fills in a hidden cell, or says “improved” without a range behind it.

`build` makes the view · `view` what it holds · `series` readings over the years and their breaks ·
`estimates` ranges and differences · `change` · `pace` · `gaps` · `coverage` · `release_info` where
numbers come from · `judgement` the dated numbers behind the words
"""

from accord.insight.build import build
from accord.insight.release_info import ReleaseInfo
from accord.insight.view import View

__all__ = ["ReleaseInfo", "View", "build"]
