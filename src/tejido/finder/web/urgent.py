"""What must be seen before any place, or before any mistake in a search: 911 and 988."""

from django import forms

from tejido.finder.domain.crisis import lines_now
from tejido.finder.queries.need_words import needs_of

# More than anybody types; a search refuses more than 200 in a field.
_READ = 1000


def urgent_for(words: str, place: str, need: str) -> tuple[str, ...]:
    """Return the ids of the lines to show first for a search that is not answered yet.

    What stands in the field for the place is read too: whoever is in a hurry types anywhere.
    """
    texts = (words[:_READ], place[:_READ])
    return lines_now(texts, (need, *(each for text in texts for each in needs_of(text))))


def typed_in(form: forms.Form) -> tuple[str, str, str]:
    """Return the words, the place and the need that a form was sent with, right or wrong."""
    words, place, need = (str(form[name].value() or "") for name in ("q", "place", "need"))
    return words, place, need
