"""Private text under a key of its district's, so that whoever hosts the workspace can't read it.

`envelope` the cryptography, all of it from `cryptography` · `streams` the same for files · `shelf`
the place of each text's own key, outside of the database and of its backups · `district_keys` the
districts' own keys on it, and which is in force · `ring` those that are unlocked while a request is
answered · `fields` the model field that seals and opens · `shut` what stands for a sealed text ·
`models` · `opening` making, unlocking and forgetting keys · `rekeying` another passphrase, another
key · `migrating` · `middleware`

What it withstands and what not: docs/adr/0024-sealed-text.md.
"""
