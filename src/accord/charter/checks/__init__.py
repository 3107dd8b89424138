"""Whether a charter's parts fit one another and the catalogue: every problem, told at once.

`parties` who is bound, for how long, and who leads · `aims` goals, strategies, strands ·
`groups` student groups, publication plan, disclosure · `indicators` definitions in use ·
`targets` what is asked of them · `blanks` what is still to be filled in · `findings` how a problem
is told.
"""

from __future__ import annotations

from accord.base.documents import Source
from accord.base.errors import InputError
from accord.charter.checks.aims import check_aims
from accord.charter.checks.blanks import check_blanks
from accord.charter.checks.findings import Findings
from accord.charter.checks.groups import check_disclosure, check_groups, check_publication
from accord.charter.checks.indicators import check_indicators
from accord.charter.checks.parties import check_parties, check_partnership, check_titles
from accord.charter.checks.targets import check_targets
from accord.charter.known import CatalogueIndex
from accord.charter.model import Charter


def check_charter(charter: Charter, source: Source, known: CatalogueIndex) -> None:
    """Raises one `InputError` with every problem of a charter: file, line, field and remedy."""
    findings = Findings(source)
    check_blanks(charter, findings)
    check_partnership(charter, findings)
    check_parties(charter, findings)
    check_titles(charter, findings)
    check_aims(charter, findings)
    check_groups(charter, findings, known)
    check_indicators(charter, findings, known)
    check_targets(charter, findings, known)
    check_publication(charter, findings)
    check_disclosure(charter, findings)
    if findings.problems:
        raise InputError(*findings.problems)
