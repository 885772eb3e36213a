"""What the directory needs before anything else: the needs and their words, and the clocks."""

from collections.abc import Callable

from tejido.directory.services.clocks import load_clocks
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.last_confirmed import fill_missing


def load_reference(report: Callable[[str], None]) -> None:
    """Load the needs and the clocks; what is already there is not written again."""
    loaded = load_concepts()
    report(f"directory: {loaded.concepts} needs, {loaded.forms} words for them")
    report(f"directory: {load_clocks()} clocks")
    # After an update: listings that came before there were clocks.
    fill_missing()
