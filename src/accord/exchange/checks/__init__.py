"""What is held against a release that arrives, one check after another.

`case` the release and all that its receiver knows · `sender` who it is from, and whether they may ·
`content` what it says. `accord.exchange.verify` asks them all.
"""
