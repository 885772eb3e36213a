"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from tejido.foundation.days import start_of
from tejido.foundation.what_is_held import About, Held, Rule, remove_some


def _forget_tasks(before: date, limit: int) -> int:
    done = DBTaskResult.objects.finished().filter(finished_at__lt=start_of(before))
    return remove_some(done, limit)


RULES = [
    Rule(
        name="tasks",
        what=_("Tasks of the software"),
        since=_("after they were done"),
        days=7,
        remove=_forget_tasks,
    ),
]
HELD = [
    Held(
        what=_("Work that waits or was done"),
        holds=_("Which task the software was to do, with ids, and where it failed."),
        about=About.NOBODY,
        why=_("So that nothing is lost when the machine stops."),
        models=("django_tasks_database.DBTaskResult",),
        rules=("tasks",),
        codes=(
            "DBTaskResult.status",
            "DBTaskResult.args_kwargs",
            "DBTaskResult.task_path",
            "DBTaskResult.worker_ids",
            "DBTaskResult.queue_name",
            "DBTaskResult.backend_name",
            "DBTaskResult.return_value",
            "DBTaskResult.exception_class_path",
            "DBTaskResult.traceback",
        ),
    ),
    Held(
        what=_("Backups"),
        holds=_("All of this, encrypted."),
        about=About.WORKERS,
        why=_("So that a broken disk loses nothing."),
        kept=_(
            "One for each of the last 24 hours, 14 days and 8 weeks. What is removed here "
            "is gone from them after 8 weeks. Copies that people made by hand stay until "
            "they delete them."
        ),
    ),
    Held(
        what=_("The log of the server"),
        holds=_("Faults of the software. No words, no internet addresses, no kinds of phone."),
        about=About.NOBODY,
        why=_("So that faults can be mended."),
        kept=_("As long as the machine of the server keeps its logs."),
    ),
]
