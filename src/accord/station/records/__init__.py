"""Records: a district's own files as typed, pseudonymised, immutable snapshots.

`import_files` brings files in through a mapping · `current` is what stands now · `record_model`
says what a record is, `reference_page` shows it · the
package `quality` looks for what is odd in it.
"""

from accord.station.records.current import CurrentRecords, current
from accord.station.records.importing import (
    ImportedFile,
    ImportReport,
    import_files,
    import_intakes,
)
from accord.station.records.mapping_checks import read_mapping
from accord.station.records.model import RecordModel, record_model
from accord.station.records.pseudonyms import pseudonym
from accord.station.records.reference import reference_page

__all__ = [
    "CurrentRecords",
    "ImportReport",
    "ImportedFile",
    "RecordModel",
    "current",
    "import_files",
    "import_intakes",
    "pseudonym",
    "read_mapping",
    "record_model",
    "reference_page",
]
