"""How releases travel between districts, and how anyone checks them.

`release` the release file, with its `manifest` and its `archive` · `custody` who may sign for a
district, `signatures` the two below a release · `verify` every check on a file that arrives, kept
in `checks`, each refusal with its reason · `ledger` the append-only chain, `acts` what its entries
are about, `bookkeeping` documents into it and whether it holds together · `receipts` a partner's
word that it came · `sealed` an exchange in which all commit before any opens · `folder` the
exchange folder in which partners keep what they have received · `statements` and `vouched` the
small signed documents that all of this is made of.
"""
