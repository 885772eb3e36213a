"""What is wrong with rows of tracts, in sentences, and as a table for whoever mends the file."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.problem_file import write_problem_file
from tejido.geography.domain.tracts import RowFault, RowProblem

REMEDIES: dict[RowFault, Promise] = {
    RowFault.SHORT: _("The row has fewer cells than the header. Add what is missing."),
    RowFault.GEOID_UNREADABLE: _(
        "The code is not made of digits, or has the wrong length. Write state (2 digits), "
        "county (3) and tract (6) as text."
    ),
    RowFault.GEOID_DIFFERS: _("GEOID does not say what the parts of the code say. Mend one."),
    RowFault.GEOID_REPEATED: _("The tract stood in the file before. Remove one of the rows."),
    RowFault.COUNTY_UNKNOWN: _("California has no county with this code. Check the code."),
    RowFault.POPULATION_UNREADABLE: _(
        "The population must be a whole number from 0 to 1,000,000, without commas."
    ),
    RowFault.POINT_UNREADABLE: _("Write degrees as a number such as +37.867656 or -122.231881."),
    RowFault.POINT_SWAPPED: _("Latitude and longitude stand in each other's place. Swap them."),
    RowFault.POINT_EAST: _("The minus sign of the longitude is missing. Add it."),
    RowFault.POINT_OUTSIDE: _("The point lies outside California. Check both numbers."),
}


def write_problems(problems: Iterable[RowProblem], *, path: Path, at: datetime) -> Path:
    """Write every problem into a CSV file in the data folder; return its path."""
    rows = (
        (
            *(path.name, str(problem.row), problem.field, problem.value, problem.fault.value),
            str(REMEDIES[problem.fault]),
        )
        for problem in problems
    )
    return write_problem_file(rows, folder=Path(settings.DATA), name=f"{at:%Y%m%d-%H%M%S}-tracts")
