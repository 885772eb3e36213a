"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held

_SCORED = ("Release.edition", "Release.judged")

HELD = [
    Held(
        what=_("Numbers that were released"),
        holds=_(
            "The tables as everybody can read them, how the guidelines scored them, and which "
            "worker released them, for what reason where one was asked for."
        ),
        about=About.WORKERS,
        why=_("So that no later number gives away an earlier hidden one."),
        kept=_("For as long as this network runs: what is public cannot be taken back."),
        models=("disclosure.Release",),
        codes=("Release.subject", "Release.period", "Release.digest", "Release.tables", *_SCORED),
        words=("Release.review",),
    ),
]
