"""What the directory needs before anything else: the needs and their words, and the clocks."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from tejido.directory.services.clocks import load_clocks
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.last_confirmed import fill_missing


def load_reference(report: Callable[[str], None]) -> None:
    """Load the needs and the clocks; what is already there is not written again."""
    loaded = load_concepts()
    counted = {"needs": loaded.concepts, "words": loaded.forms}
    report(_("directory: %(needs)s needs, %(words)s words for them") % counted)
    report(_("directory: %(clocks)s clocks") % {"clocks": load_clocks()})
    # After an update: listings that came before there were clocks.
    fill_missing()
