import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.config.background import start_background, wait_for_end
from tejido.config.backup.work_folder import clear_left
from tejido.config.serving import refuse_unfinished


class Command(BaseCommand):
    """Do the work that nobody waits for, beside the servers."""

    help = "Makes the rounds and does the tasks that wait, until stopped. For PostgreSQL."

    def handle(self, **_given: Any) -> None:
        """Work until told to stop; what is begun is finished first."""
        if settings.EMBEDDED:
            raise CommandError(_("On the embedded database ./tejido serve does this by itself."))
        refuse_unfinished()
        clear_left()
        stopped = Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_told: stopped.set())
        self.stdout.write(_("Working in the background (stop with Ctrl+C)"))
        threads = start_background(stopped)
        ended = wait_for_end(threads, stopped)
        stopped.set()
        self.stdout.write(_("Finishing what was begun"))
        for thread in threads:
            thread.join()
        if ended:
            raise CommandError(_ENDED % {"names": ", ".join(ended)})


_ENDED = gettext_lazy(
    "The work in the background ended by itself (%(names)s). Start it again; the log says why."
)
