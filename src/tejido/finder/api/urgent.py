"""What cannot wait, in every answer of the search API, refusals included: numbers to call."""

from collections.abc import Iterable

from django.http import HttpRequest

from tejido.finder.domain.crisis import lines_now
from tejido.finder.queries.lines import line_to_call
from tejido.finder.queries.need_words import needs_of

PREFIX = "/api/finder/"
# More than anybody types; a search takes 200 in a field.
_READ = 1000


def urgent_numbers(words: str, place: str, needs: Iterable[str]) -> list[str]:
    """Return the numbers to show before anything else, the most urgent first.

    Args:
        words: as they were sent, right or wrong.
        place: likewise; whoever is in a hurry types anywhere.
        needs: what was chosen or understood.
    """
    texts = (words[:_READ], place[:_READ])
    said = (each for text in texts for each in needs_of(text))
    return [line_to_call(line).number for line in lines_now(texts, (*needs, *said))]


def urgent_in(request: HttpRequest) -> list[str]:
    """Return the numbers for a search that is refused, whatever is wrong with it."""
    given = request.GET
    return urgent_numbers(given.get("q", ""), given.get("near", ""), (given.get("need", ""),))


def refusal_of(request: HttpRequest, name: str, sentence: str) -> dict[str, object]:
    """Return the body of a refusal: what to change, and for a search what cannot wait."""
    body: dict[str, object] = {"parameter": name, "sentence": sentence}
    return body | {"urgent": urgent_in(request)} if request.path.startswith(PREFIX) else body
