"""Editions: figures and words that leave the partnership, with each district's consent to this one.

Neither district passes on the other's figures or words without its consent for that edition, and
what it replies stands beside. `models` · `consenting` the acts · `forms`, `views`
"""
