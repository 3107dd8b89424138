"""Made-up districts: the files that a district would export, with the truth about them beside.

A profile says what a district is like (`profile`). `schools`, `students`, `population` and
`enrolment` fill it; `english`, `status`, `discipline`, `absence` and `tests` say what happens to
its students, on the `scale` of the state's tests, and `effects` what works. `portrait/` adds, where
asked for, the rest of a district's records. `extracts`, `words`, `layout`, `export` and `mess`
write its files; `truth` says what a reader of them should find. `district.make_district` does all
of it.
"""

from accord.station.synth.district import make_district
from accord.station.synth.profile import PROFILES, Profile, load_profile

__all__ = ["PROFILES", "Profile", "load_profile", "make_district"]
