"""Why two records may be one, and how far a look for them is, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from tejido.directory.domain.duplicates.answers import Answer
from tejido.directory.domain.duplicates.comparing import Reason
from tejido.directory.domain.duplicates.looking import Problem, Progress, Step
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.ui.domain.wording import number_words

KINDS: Mapping[Kind, Any] = {
    Kind.LOCATION: gettext_lazy("Place"),
    Kind.SERVICE: gettext_lazy("Service"),
    Kind.ORGANIZATION: gettext_lazy("Organization"),
}
REASONS: Mapping[Reason, Any] = {
    Reason.NAME_SAME: gettext_lazy("one name holds all the words of the other"),
    Reason.NAME_ALIKE: gettext_lazy("almost the same name"),
    Reason.NAME_DIFFERS: gettext_lazy("names have words in common"),
    Reason.CONTACT_SAME: gettext_lazy("a phone number or site in common"),
    Reason.CONTACT_DIFFERS: gettext_lazy("no phone number in common"),
    Reason.ADDRESS_SAME: gettext_lazy("the same address"),
    Reason.DOOR_DIFFERS: gettext_lazy("the same house, another door"),
    Reason.ADDRESS_DIFFERS: gettext_lazy("another address"),
    Reason.PLACE_NEAR: gettext_lazy("next to each other on the map"),
    Reason.PLACE_BETWEEN: gettext_lazy("less than a mile apart"),
    Reason.PLACE_FAR: gettext_lazy("far apart on the map"),
    Reason.TOLD_APART: gettext_lazy("another number in the name, or a vehicle"),
}
NOTED: Mapping[Answer, Any] = {
    Answer.DIFFERENT: gettext_lazy("Noted: not the same"),
    Answer.LATER: gettext_lazy("Noted: for later"),
}
STEPS: Mapping[Step, Any] = {
    Step.READ: gettext_lazy("%(count)s records read."),
    Step.COMPARED: gettext_lazy("%(count)s pairs compared."),
}
PROBLEMS: Mapping[Problem, Any] = {
    Problem.STOPPED: gettext_lazy("The look was stopped. What was known stays."),
    Problem.BROKE: gettext_lazy("The look broke off. Start it again."),
}
GROUPS: Mapping[str, Any] = {
    "point": gettext_lazy("Point on the map"),
    "hours": gettext_lazy("Hours"),
}


def reason_words(reason: Reason) -> str:
    """Return a reason as it stands in a list."""
    return str(REASONS[reason])


def progress_words(progress: Progress | None) -> str:
    """Return how far a look is, '' where it has not said."""
    if progress is None:
        return ""
    return str(STEPS[progress.step]) % {"count": number_words(progress.done)}
