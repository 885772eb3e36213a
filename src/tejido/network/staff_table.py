"""Who works in the network, as a table that members can share."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.disclosure.domain.tables import Cell
from tejido.foundation.quarters import quarters_in
from tejido.network.domain.roles import Role
from tejido.network.queries.workforce import CODE, people_by_role
from tejido.network.shared_tables import SharedTable
from tejido.network.wording import ROLES


def words_of(cell: Cell) -> list[str]:
    """Return the quarter and the role in words; of a quarter that runs, that it does."""
    (quarter,) = quarters_in(cell[0])
    first, last = (date_format(day, "F") for day in (quarter.begins, quarter.ends))
    told = {"first": first, "last": last, "year": quarter.year}
    words = _("%(first)s to %(last)s %(year)s")
    if quarter.ends >= timezone.localdate():
        words = _("%(first)s to %(last)s %(year)s (so far)")
    return [words % told, str(ROLES[Role(cell[1])])]


PEOPLE_BY_ROLE = SharedTable(
    code=CODE,
    name=gettext_lazy("Who works here: people by role and quarter"),
    sees=gettext_lazy(
        "How many people had each role at the end of each quarter. The counts are exact. A role "
        "that one person has tells who that is to whoever knows the place."
    ),
    never=gettext_lazy("Names, trainees and graduates, anything about people who use services."),
    heads=(gettext_lazy("Quarter"), gettext_lazy("Role"), gettext_lazy("People")),
    counted=lambda member_id, today: people_by_role(member_id, today=today),
    words_of=words_of,
)
