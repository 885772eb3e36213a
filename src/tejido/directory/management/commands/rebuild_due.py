from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from tejido.directory.services.last_confirmed import rebuild


class Command(BaseCommand):
    """Work out anew when each part of each listing was last confirmed."""

    help = "Works out anew, from who confirmed what, when each part of each listing is due."

    def handle(self, **_options: Any) -> None:
        """Rebuild, then say of how many listings."""
        count = rebuild()
        words = ngettext("%(count)s listing looked at.", "%(count)s listings looked at.", count)
        self.stdout.write(words % {"count": f"{count:,}"})
