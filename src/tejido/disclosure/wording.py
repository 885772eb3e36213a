"""What the guidelines look at, in the person's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tejido.disclosure.domain.guidelines import Judged
from tejido.disclosure.queries import edition_of

PARTS = {
    "events": _("Smallest number that is shown"),
    "months": _("Months that a number covers, at the least"),
    "place": _("People who live in the smallest area with a number"),
    "other_in_fewer_than_5_groups": _("Split by one thing more, in fewer than 5 groups"),
    "other_in_5_to_9_groups": _("Split by one thing more, in 5 to 9 groups"),
    "other_in_10_or_more_groups": _("Split by one thing more, in 10 or more groups"),
    "stacked": _("Things that it is split by, beside time and place"),
    "alone": _("Split by time and place alone"),
}


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """A score as a page tells it.

    Attributes:
        title: of the guidelines, as they call themselves.
        lines: what adds up: what it is, the number looked at if any, the points.
        total: the sum.
        verdict: what the guidelines say at that sum.
        needs_review: somebody has to look before the table leaves.
    """

    title: str
    lines: tuple[tuple[str, int | None, int], ...]
    total: int
    verdict: str
    needs_review: bool


def score_words(judged: Judged) -> ScoreWords:
    """Return the words for a score, by the edition that gave it."""
    return ScoreWords(
        title=edition_of(judged.edition)["title"],
        lines=tuple(_lines(judged)),
        total=judged.score.total,
        verdict=_verdict(judged),
        needs_review=judged.needs_review,
    )


def _verdict(judged: Judged) -> str:
    plain = edition_of(judged.edition)["without_score"]
    numbers = {
        "mask": judged.score.mask_from,
        "least": plain["from"],
        "people": f"{plain['over']:,}",
    }
    if judged.is_plain:
        said = _(
            "From %(mask)s points on, the guidelines ask for a review. They let these numbers "
            "leave without one, whatever the score: each is %(least)s or more, and in each place "
            "live more than %(people)s people."
        )
    elif judged.needs_review:
        said = _(
            "From %(mask)s points on, the guidelines ask for two things: small numbers are "
            "hidden, which is done, and somebody who knows law or statistics looks."
        )
    else:
        said = _("Below %(mask)s points the guidelines let these numbers leave.")
    return str(said) % numbers


def _lines(judged: Judged) -> Iterator[tuple[str, int | None, int]]:
    described = judged.described
    looked_at = {
        "events": described.smallest,
        "months": described.months,
        "place": described.people,
        "stacked": len(described.variables),
    }
    for name, points in judged.score.parts:
        yield str(PARTS.get(name, name.replace("_", " "))), looked_at.get(name), points
