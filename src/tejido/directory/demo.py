"""The directory of the invented network."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from tejido.directory.demonstration.reading import drafts
from tejido.directory.demonstration.unmet import plant_unmet
from tejido.directory.domain.source import SourceIn
from tejido.directory.services.store import store_services

CALIFORNIA = ZoneInfo("America/Los_Angeles")
KEY = "demonstration"


def plant(*, report: Callable[[str], None], at: datetime) -> None:
    """Store the 46 invented programs as they stand at an instant.

    Safe to repeat: the same instant changes nothing, a later day moves confirmations along.
    """
    on = at.astimezone(CALIFORNIA).date()
    source = SourceIn(
        key=KEY, name="Invented demonstration network", published_on=on, is_invented=True
    )
    listed = list(drafts(on=on))
    stored = store_services(drafts=listed, source=source, at=at)
    organizations = len({draft.organization.id for draft in listed})
    plant_unmet(at=at)
    report(
        f"directory: {organizations} invented programs, {len(listed)} services "
        f"({stored.created} new, {stored.updated} changed)"
    )
