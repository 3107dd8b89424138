"""The definition language: a small, exact part of SQL in which indicators are written.

`nodes` the tree and its types · `parse` text to tree, or a sentence saying why not · `canonical`
one spelling for each tree, as text and as JSON to hash · `evaluate` the tree's exact value in
plain Python.
"""
