"""What is asked of a coordinator before counts leave."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.unmet_pools import PEOPLE, Together, quarters_together
from tejido.directory.queries.unmet import UnmetDraft
from tejido.disclosure.queries import period_words
from tejido.foundation.quarters import QUARTERS, Quarter


class ReleaseForm(forms.Form):
    """The last question before counts leave."""

    use_required_attribute = False

    review = forms.CharField(
        label=_("Who looked, and why these numbers may leave"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write who looked at them, and why they may leave")},
    )
    looked = forms.BooleanField(
        label=_("I looked at these numbers. Anybody may read them from now on, for good."),
        error_messages={"required": _("Look at the numbers first, then say so here")},
    )

    def __init__(self, *args: Any, asks_review: bool, **kwargs: Any) -> None:
        """Ask for a review where the guidelines do."""
        super().__init__(*args, **kwargs)
        if not asks_review:
            del self.fields["review"]


class TogetherForm(forms.Form):
    """Which neighbors are put together."""

    use_required_attribute = False

    together = forms.ChoiceField(label=_("Put together"))

    def __init__(self, draft: UnmetDraft) -> None:
        """Offer what there is for the quarter of a draft, whose own choice is made."""
        super().__init__(initial={"together": written(draft.together)})
        choices = [*_by_people(), *_by_quarters(draft.quarter)]
        self.fields["together"].choices = choices  # type: ignore[attr-defined]


def written(together: Together) -> str:
    """Return a choice as a form sends it."""
    return f"{together.people}-{together.quarters}"


def asked_together(values: Mapping[str, str]) -> Together | None:
    """Return what somebody chose to put together; None where they chose nothing that there is."""
    counties = [Together(people=each) for each in (0, *PEOPLE)]
    quarters = [Together(quarters=number + 1) for number in range(1, QUARTERS)]
    choices = {written(each): each for each in (*counties, *quarters)}
    return choices.get(values.get("together", ""))


def _by_people() -> Iterator[tuple[str, str]]:
    yield written(Together()), gettext("Nothing")
    words = gettext("Counties, %(people)s people or more")
    for people in PEOPLE:
        yield written(Together(people=people)), words % {"people": f"{people:,}"}


def _by_quarters(quarter: Quarter) -> Iterator[tuple[str, str]]:
    words = gettext("Also %(period)s")
    for number in range(2, quarter.number + 1):
        together = Together(quarters=number)
        if span := quarters_together(quarter, together):
            yield written(together), words % {"period": period_words(span)}
