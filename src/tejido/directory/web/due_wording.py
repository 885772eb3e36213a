"""Words about confirming: parts of a listing, kinds of place."""

from django.utils.translation import gettext_lazy

from tejido.directory.domain.clocks import FieldGroup, PlaceKind

GROUPS = {
    FieldGroup.HOURS: gettext_lazy("Hours"),
    FieldGroup.PHONE: gettext_lazy("Phone numbers"),
    FieldGroup.STATUS: gettext_lazy("Still there or not"),
    FieldGroup.ELIGIBILITY: gettext_lazy("Who is served"),
    FieldGroup.ADDRESS: gettext_lazy("Address"),
}
PLACE_KINDS = {
    PlaceKind.MOBILE: gettext_lazy("A van or an outreach route"),
    PlaceKind.FIXED: gettext_lazy("Everything else"),
}
