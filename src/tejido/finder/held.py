"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held

HELD = [
    Held(
        what=_("What you look for"),
        holds=_("Nothing. Your words and your place are used for the answer and then forgotten."),
        about=About.SEEKERS,
        why=_("To answer you."),
        kept=_("Not kept."),
    ),
    Held(
        what=_("Texts to our number"),
        holds=_(
            "What was understood and about where, under a code made from the number. Not "
            "the number, and not the words."
        ),
        about=About.SEEKERS,
        why=_("So that “more” and “1” can be answered."),
        kept=_("15 minutes. How many texts came: an hour. That somebody said STOP: a day."),
    ),
    Held(
        what=_("How often somebody asks"),
        holds=_(
            "A count under a scrambled mark of the internet address, in memory. Nobody "
            "can turn it back into the address."
        ),
        about=About.SEEKERS,
        why=_("So that nobody can flood this site."),
        kept=_("A minute; for sign-in and reports an hour at most."),
    ),
]
