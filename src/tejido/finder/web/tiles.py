"""The eight needs of harm reduction itself: the buttons of the home page, first on every card."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# Concept, name, gloss.
TILES: tuple[tuple[str, Promise, Promise], ...] = (
    ("naloxone", gettext_lazy("Naloxone"), gettext_lazy("Narcan, for an overdose")),
    ("syringes", gettext_lazy("New syringes"), gettext_lazy("and a box for used ones")),
    ("wound-care", gettext_lazy("Wound care"), gettext_lazy("cuts, sores, abscesses")),
    ("tests", gettext_lazy("HIV and hep C tests"), gettext_lazy("often while you wait")),
    ("treatment", gettext_lazy("Treatment"), gettext_lazy("methadone, buprenorphine")),
    ("drug-checking", gettext_lazy("Drug checking"), gettext_lazy("find out what is in it")),
    ("basics", gettext_lazy("Food, shower, bed"), gettext_lazy("tonight or this week")),
    ("talk", gettext_lazy("Someone to talk to"), gettext_lazy("a person who gets it")),
)
