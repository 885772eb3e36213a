"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held

HELD = [
    Held(
        what=_("Texts and their translations"),
        holds=_("Words about places and services, and which worker wrote or reviewed them."),
        about=About.PLACES,
        why=_("So that people can read them in English and Spanish."),
        kept=_("For as long as what they describe is listed."),
        models=("translation.Unit",),
        words=("Unit.text",),
        codes=(
            "Unit.object_type",
            "Unit.field",
            "Unit.language",
            "Unit.source_hash",
            "Unit.state",
        ),
    ),
]
