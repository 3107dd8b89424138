"""The charter: the memorandum of understanding of a partnership, as data that its parties sign.

Reading     `values` the kinds of value it is written in · `rules` the five ways to set a target ·
            `model` all its parts, its canonical form and hash · `read` from YAML, from a release ·
            `drafts` worked examples, and keys put in their place ·
            `replicating` a blank charter for other districts, made from one
Checking    `known` what it needs to know of the catalogue · `checks` whether its parts fit
Agreeing    `sign` who has signed, and whether it is in force · `amending` which charter governs a
            school year · `diff` what changed, in the words of the file · `clauses` before and after
            in the words of a reader (not imported here: it uses `document`)
Using       `targets` what is asked of an indicator, exactly · `plan` what may leave a district ·
            `words` how numbers, years and rules are said · `document` the memorandum for a board,
            as PDF and Word (not imported here: its libraries take their time)
"""

from __future__ import annotations

from accord.charter.amending import chain_of, in_force_for
from accord.charter.checks import check_charter
from accord.charter.diff import Change, diff_charters
from accord.charter.drafts import EXAMPLES, example, fill_keys
from accord.charter.known import CatalogueIndex, KnownDefinition, KnownGroup, group_name
from accord.charter.model import Charter
from accord.charter.plan import Crossings, Plan
from accord.charter.read import read_canonical, read_charter
from accord.charter.replicating import blank_charter
from accord.charter.sign import SignedCharter, read_signed, sign_charter, signatures_path
from accord.charter.targets import Baseline, Target, TargetUnknown, target_for

__all__ = [
    "EXAMPLES",
    "Baseline",
    "CatalogueIndex",
    "Change",
    "Charter",
    "Crossings",
    "KnownDefinition",
    "KnownGroup",
    "Plan",
    "SignedCharter",
    "Target",
    "TargetUnknown",
    "blank_charter",
    "chain_of",
    "check_charter",
    "diff_charters",
    "example",
    "fill_keys",
    "group_name",
    "in_force_for",
    "read_canonical",
    "read_charter",
    "read_signed",
    "sign_charter",
    "signatures_path",
    "target_for",
]
