"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held

HELD = [
    Held(
        what=_("Which keys were used"),
        holds=_("When a key was made or destroyed, and whose it is. Never the key."),
        about=About.NOBODY,
        why=_("So that a lost key is noticed."),
        kept=_("For as long as this network runs."),
        models=("foundation.KeyUse",),
        codes=("KeyUse.mark",),
    ),
    Held(
        what=_("Notes about backups"),
        holds=_("When a backup was made and tried, its file and its size."),
        about=About.NOBODY,
        why=_("So that lost work can be brought back."),
        kept=_("For as long as this network runs."),
        models=("foundation.BackupMade", "foundation.Epoch"),
        codes=("BackupMade.file_name", "BackupMade.told"),
    ),
    Held(
        what=_("What the software does by itself"),
        holds=_("When each nightly or hourly job was last done."),
        about=About.NOBODY,
        why=_("So that we see when one was missed."),
        kept=_("Only the last time of each."),
        models=("foundation.RoundMade",),
        codes=("RoundMade.name", "RoundMade.problem"),
    ),
    Held(
        what=_("The rules of this page"),
        holds=_(
            "How many days each thing stays, who changed that and when, and when removal "
            "was on hold."
        ),
        about=About.WORKERS,
        why=_("So that anybody can check what was decided."),
        kept=_("For as long as this network runs."),
        models=("foundation.RuleKept", "foundation.Hold"),
        codes=("RuleKept.name",),
    ),
]
