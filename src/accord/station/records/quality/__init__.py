"""Quality: what is odd in the current records, when it matters, and how to mend it."""

from accord.station.records.quality.checks import QualityCheck, quality_checks
from accord.station.records.quality.run import CheckResult, QualityReport, check_quality
from accord.station.records.quality.workbook import write_quality

__all__ = [
    "CheckResult",
    "QualityCheck",
    "QualityReport",
    "check_quality",
    "quality_checks",
    "write_quality",
]
