"""County-district-school codes: 14 digits that name every public school in California.

Two digits for the county, five for the district, seven for the school; seven zeros stand for the
district itself. They are text: leading zeros matter. Other states' codes are left as they are;
only what has the shape of a CDS code is read as one.
"""

from __future__ import annotations

import re

_CDS = re.compile(r"^\d{14}$")
_DISTRICT_ITSELF = "0000000"


def is_cds(code: str) -> bool:
    """Whether `code` has the shape of a CDS code."""
    return bool(_CDS.match(code))


def district_of(code: str) -> str:
    """The code of the district that a school's CDS code belongs to. Raises `ValueError`."""
    if not is_cds(code):
        raise ValueError("a CDS code is 14 digits")
    return code[:7] + _DISTRICT_ITSELF


def is_district(code: str) -> bool:
    """Whether a CDS code names a district rather than a school."""
    return is_cds(code) and code.endswith(_DISTRICT_ITSELF)
