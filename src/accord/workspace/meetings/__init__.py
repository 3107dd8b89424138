"""Formal meetings: an agenda made from the charter's indicators, run on the page, then minuted.

`states` what a meeting and an item can be · `models` · `agenda` how an agenda is made · `evidence`
what stood when a decision was taken, frozen · `running` the acts at the table · `closing` what must
be settled before the end · `minutes` the record, as page, PDF and e-mail · `calendar` feeds and
files · `forms`, `views`, `item_views`
"""
