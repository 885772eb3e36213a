"""Why two records may be one, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from tejido.directory.domain.duplicates.comparing import Reason
from tejido.directory.domain.duplicates.profiles import Kind

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
GROUPS: Mapping[str, Any] = {
    "point": gettext_lazy("Point on the map"),
    "hours": gettext_lazy("Hours"),
}


def reason_words(reason: Reason) -> str:
    """Return a reason as it stands in a list."""
    return str(REASONS[reason])
