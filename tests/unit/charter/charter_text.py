"""A small charter to break on purpose, and the keys of its two districts."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.documents import Source, check_document, parse_yaml
from accord.base.signing import public_text
from accord.charter.model import Charter

EAST, WEST, STRANGER = (
    Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2, 3)
)

SMALL = f"""\
accord: charter/1
partnership:
  id: east-west
  name: East–West Partnership
  founded: 2022-08-15
  term: {{from: 2022-08-15, to: 2027-06-30}}
parties:
  - id: "010"
    name: East Unified
    short: East
    plan: East Plan
    key: "{public_text(EAST)}"
  - id: "020"
    name: West Unified
    short: West
    plan: West Plan
    key: "{public_text(WEST)}"
goal: Every student thrives.
goals:
  - id: mathematics
    text: Mathematics for all.
    aligned: {{"010": E1, "020": W1}}
strategies:
  - id: units
    text: Units made together.
    goals: [mathematics]
strands:
  - id: numbers
    name: Numbers
    from: 2022-09-01
    leads: {{"010": Director of Mathematics, "020": Head of Curriculum}}
indicators:
  - definition: met-standard-mathematics@1.0
    strand: numbers
    goal: mathematics
    from: 2020-21
  - definition: chronic-absenteeism@1.0
    strand: numbers
    goal: mathematics
    from: 2020-21
targets:
  - indicator: met-standard-mathematics
    group: all
    district: all
    rule: {{kind: yearly-step, step: 2.5, baseline: 2021-22}}
  - indicator: met-standard-mathematics
    group: english-learners
    district: "010"
    rule: {{kind: halve-gap, reference: all, baseline: 2021-22, by: 2025-26}}
groups: [all, hispanic, white, english-learners, students-with-disabilities]
intersections:
  - id: learners-with-disabilities
    name: English learners with disabilities
    of: [english-learners, students-with-disabilities]
publication:
  - audience: partners
    level: district
    groups: all
    grades: each
    indicators: all
disclosure:
  minimum: 11
  threshold: 3
meetings: {{per_term: 2}}
roles:
  - {{role: Sponsor, district: "010", title: Superintendent}}
purpose: To learn.
retention: {{records_years: 5, releases_years: 10}}
"""


def parsed(text: str = SMALL) -> tuple[Charter, Source]:
    """The charter of a text, read as a file of that name would be."""
    value, source = parse_yaml(text.encode(), "charter.yaml")
    return check_document(value, source, Charter), source


def changed(*changes: tuple[str, str], text: str = SMALL) -> str:
    """`text` with each first string, which must be there once, in the place of the second."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def write(folder: Path, text: str = SMALL, name: str = "charter.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
