"""Proposing a mapping for a file that no format is for, from its header and first lines.

`propose` gives a proposal; `accord map` writes it. A person completes it: what was not found is
said, and nothing is imported by a proposal alone.
"""

from accord.station.records.proposing.proposal import Proposal, propose
from accord.station.records.proposing.writing import proposal_text

__all__ = ["Proposal", "proposal_text", "propose"]
