"""Words about how good the directory is."""

from django.utils.translation import gettext_lazy

from tejido.directory.domain.quality import Age, By, Part
from tejido.translation.domain.texts import State

PARTS = {
    Part.BELIEVED: gettext_lazy("Hours confirmed in time"),
    Part.HOURS: gettext_lazy("Days and hours"),
    Part.PHONE: gettext_lazy("Phone number"),
    Part.ADDRESS: gettext_lazy("Address"),
    Part.POINT: gettext_lazy("Point on the map"),
    Part.ELIGIBILITY: gettext_lazy("Who is served"),
    Part.LANGUAGES: gettext_lazy("Languages spoken"),
    Part.DESCRIPTION: gettext_lazy("Description"),
    Part.NEEDS: gettext_lazy("Needs"),
    Part.SPANISH: gettext_lazy("Description in Spanish"),
}
# Of which part is missing, in a heading.
LACKING = {
    Part.BELIEVED: gettext_lazy("Listings whose hours were not confirmed in time"),
    Part.HOURS: gettext_lazy("Listings without days and hours"),
    Part.PHONE: gettext_lazy("Listings without a phone number"),
    Part.ADDRESS: gettext_lazy("Listings with a place without an address"),
    Part.POINT: gettext_lazy("Listings with a place without a point on the map"),
    Part.ELIGIBILITY: gettext_lazy("Listings that do not say who is served"),
    Part.LANGUAGES: gettext_lazy("Listings that do not say which languages are spoken"),
    Part.DESCRIPTION: gettext_lazy("Listings without a description"),
    Part.NEEDS: gettext_lazy("Listings without needs"),
    Part.SPANISH: gettext_lazy("Listings whose description is not in Spanish"),
}
AGES = {
    Age.FRESH: gettext_lazy("Up to date"),
    Age.SOON: gettext_lazy("Due within 30 days"),
    Age.OVERDUE: gettext_lazy("Overdue"),
    Age.NEVER: gettext_lazy("Never confirmed"),
    Age.NO_CLOCK: gettext_lazy("No clock runs"),
}
STATES = {
    State.REVIEWED: gettext_lazy("Original or reviewed"),
    State.TRANSLATED: gettext_lazy("Translated, not reviewed"),
    State.MACHINE: gettext_lazy("By a machine"),
    State.STALE: gettext_lazy("Older than the English"),
}
GROUPED = {
    By.COUNTY: gettext_lazy("By county"),
    By.ORGANIZATION: gettext_lazy("By organization"),
}
