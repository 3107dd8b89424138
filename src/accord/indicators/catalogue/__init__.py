"""Everything the definitions consist of and refer to, as shipped, and what a district adds.

`load_catalogue` reads it. The YAML files beside this module are the catalogue: facts, groups,
definitions, rules, tests and disclosure bands, every number with its date, source and standing.
"""

from accord.indicators.catalogue.loading import load_catalogue
from accord.indicators.catalogue.model import Catalogue

__all__ = ["Catalogue", "load_catalogue"]
