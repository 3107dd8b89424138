"""The roles that a position can have in a partnership, and what each is called."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What somebody is to a partnership. What each role may do: `permissions.table`."""

    SUPERINTENDENT = "superintendent", "Superintendent"
    LEAD = "lead", "Partnership lead"
    STRAND_LEAD = "strand-lead", "Strand lead"
    ANALYST = "analyst", "Analyst"
    PRINCIPAL = "principal", "Principal"
    BOARD = "board", "Board member"
    FACILITATOR = "facilitator", "Facilitator"
    RESEARCHER = "researcher", "Researcher"
    FUNDER = "funder", "Funder"


OF_NO_DISTRICT = frozenset({Role.FACILITATOR, Role.RESEARCHER, Role.FUNDER})
"""Third parties: their positions belong to the partnership, not to a district."""
