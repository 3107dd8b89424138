"""Releases as they reach the workspace: pending in their district, then received by the partners.

`exchanging` the exchange folder of a partnership · `models` a row for each release · `arriving`
verifying, sharing and adopting · `views` the ledger, the upload and the file
"""
