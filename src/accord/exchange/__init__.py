"""How releases travel between districts, and how anyone checks them.

`release` the release file: what it holds, writing, opening · `verify` every check on a file that
arrives, each refusal with its reason · `ledger` the append-only chain of what a district has sent
or received · `folder` the exchange folder in which partners keep what they have received.
"""
