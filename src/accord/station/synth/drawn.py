"""Everything drawn for one school year of a district."""

from __future__ import annotations

from dataclasses import dataclass

from accord.station.synth.absence import Attendance, attendance_of
from accord.station.synth.discipline import Incidents, incidents_of
from accord.station.synth.english import English
from accord.station.synth.population import Population, Year
from accord.station.synth.status import Membership, membership_of
from accord.station.synth.tests import Results, Testing


@dataclass(frozen=True)
class DrawnYear:
    """A year's students and enrolments, and all that happened to them."""

    year: Year
    membership: Membership
    incidents: Incidents
    attendance: Attendance
    results: tuple[Results, ...]


def draw_year(population: Population, english: English, testing: Testing, year: Year) -> DrawnYear:
    """Draw one year. Years must come in order: scores and effects carry over."""
    membership = membership_of(population, english, year)
    incidents = incidents_of(population, year, membership)
    return DrawnYear(
        year=year,
        membership=membership,
        incidents=incidents,
        attendance=attendance_of(population, year, membership, incidents),
        results=testing.results(year, membership),
    )
