"""What the guidelines of California's health agencies say of unmet searches before they leave."""

from collections.abc import Mapping

from tejido.directory.domain.unmet_pools import counties_in
from tejido.directory.queries.unmet import STATE
from tejido.disclosure.domain.guidelines import Described, Judged
from tejido.disclosure.queries import Tables, judged
from tejido.foundation.quarters import MONTHS, quarters_in
from tejido.geography.queries.places import county_people

FEW, SOME = 5, 10


def judged_unmet(tables: Tables) -> Judged | None:
    """Return the score of tables, all of them taken as one; None where they show no number.

    The place of a search counts as where somebody lives: people look near home, and the
    guidelines are stricter there. A 0 is left out: nobody stands behind it. One database query.
    """
    shown = [
        (need, place, period, count)
        for need, table in tables.items()
        for (place, period), count in table.shown.items()
        if count
    ]
    if not shown:
        return None
    people = county_people()
    needs, places, periods, counts = (set(column) for column in zip(*shown, strict=True))
    return judged(
        Described(
            smallest=min(counts),
            months=min(MONTHS * len(quarters_in(period)) for period in periods),
            people=min(_people(place, people) for place in places),
            variables=(_split_by(len(needs)),),
        )
    )


def _split_by(needs: int) -> str:
    if needs < FEW:
        return "other_in_fewer_than_5_groups"
    return "other_in_5_to_9_groups" if needs < SOME else "other_in_10_or_more_groups"


def _people(place: str, people: Mapping[str, int]) -> int:
    within = people if place == STATE else counties_in(place)
    return sum(people[county] for county in within)
