"""What a profile says of the rest of its records: shares and chances, by subject."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from accord.base.documents import Written

Share = Annotated[float, Field(ge=0, le=1)]


class Proficiency(Written):
    """The yearly test of English proficiency, in six steps."""

    tested: Share
    rise: Share = Field(description="of learners with a result last year: a step up")
    fall: Share = Field(description="of the same: a step down")


class Marks(Written):
    """Marks in secondary school. A mark is ability and luck, cut at the four `cuts`."""

    luck: float = Field(gt=0, description="in standard deviations of ability")
    cuts: tuple[float, float, float, float] = Field(description="below D, C, B and A")
    algebra_in_eight: Share = Field(description="of grade 8: placed in algebra, the ablest first")


class Leaving(Written):
    """Diplomas, and what came with them and after."""

    a_g: Share = Field(description="of graduates: completed a–g, the ablest first, with luck")
    pathway: Share = Field(description="of graduates: completed a career pathway")
    college: Share = Field(description="of graduates: in college in the first fall")
    four_year: Share = Field(description="of these: at a college of four years")
    persists: Share = Field(description="of these: back in the second fall")
    advanced: Share = Field(description="of grades 11 and 12: sit an AP examination")


class Work(Written):
    """What is done at schools."""

    stays: Share = Field(description="of principals, a year")
    trained: Share = Field(description="of the staff to be trained")
    benchmark: dict[str, Share] = Field(description="of students, by season of interim tests")


class PortraitRules(Written):
    """The section ``portrait`` of a profile."""

    proficiency: Proficiency
    marks: Marks
    leaving: Leaving
    work: Work
