"""The reference engine: plain Python, as close to the words of the definitions as code can be.

It is never fast and never used for a district's figures. It is what the other engines are compared
with, on hand-worked tables and on generated cases.
"""

from accord.station.engines.reference.measure import measure

__all__ = ["measure"]
