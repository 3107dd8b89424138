"""Everything the definitions consist of and refer to, as shipped, and what a district adds.

`load_catalogue` reads it, `shipped_assistance` one part of it. The YAML files beside this are
the catalogue: facts, groups, definitions, rules, tests and disclosure bands, every number with its
date, source and standing.
"""

from accord.indicators.catalogue.loading import load_catalogue, shipped_assistance
from accord.indicators.catalogue.model import Catalogue

__all__ = ["Catalogue", "load_catalogue", "shipped_assistance"]
