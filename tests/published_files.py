"""Small downloads, written by hand in the state's layouts."""

from __future__ import annotations

from pathlib import Path

CEDAR, HARBOR = "99100010000000", "99200020000000"

COHORT = (
    "CDS,CountyCode,DistrictCode,SchoolCode,CharterSchool,ReportingCategory,CohortStudents,"
    "HS_Grad_Co,HS_Grad_Ra,Met_UC_CSU_Req_Co,Met_UC_CSU_Req_Ra,Seal_of_Biliteracy_Co,"
    "Seal_of_Biliteracy_Ra"
)
GRADUATES = "dist,YEAR,ETHNIC,GRADS,UC_GRADS"
PUPILS = (
    "Academic Year,County Code,District Code,School Code,District Name,School Name,"
    "Charter School (Y/N),Total Enrollment,Free & Reduced Meal Program,Foster,Homeless,"
    "Migrant Program,Direct Certification,Unduplicated FRPM Eligible Count,"
    "English Learner (EL),CALPADS Unduplicated Pupil Count (UPC)"
)


def written(folder: Path, name: str, header: str, *rows: str) -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def pupils(year: str, district: str, enrolled: int, learners: int, name: str) -> str:
    """A row of pupil counts for a whole district."""
    counts = f"{enrolled},0,0,0,0,0,0,{learners},{learners}"
    return f"{year},{district[:2]},{district[2:7]},0000000,{name},,,{counts}"
