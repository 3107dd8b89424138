"""Formats: the files that districts really have, recognised and read by dated layouts.

`look` says what files would be taken for · `recognised_intakes` makes them ready to import ·
`formats_of` are the formats that a station knows, its own corrections among them · `confirm` keeps
that the district has checked a layout that no official document at hand confirms.
"""

from accord.station.records.formats.asked import Asked
from accord.station.records.formats.confirming import confirm, is_confirmed, needs_confirmation
from accord.station.records.formats.model import FileFormat, Layout, LayoutField
from accord.station.records.formats.recognise import Recognised, Wanted
from accord.station.records.formats.shipped import find_layout, formats_of, shipped_formats
from accord.station.records.formats.taking import Taken, look, recognised_intakes

__all__ = [
    "Asked",
    "FileFormat",
    "Layout",
    "LayoutField",
    "Recognised",
    "Taken",
    "Wanted",
    "confirm",
    "find_layout",
    "formats_of",
    "is_confirmed",
    "look",
    "needs_confirmation",
    "recognised_intakes",
    "shipped_formats",
]
