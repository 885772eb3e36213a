"""What the finder shows, kept young enough to be of use."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from tejido.directory.queries.feed_files import has_feed
from tejido.finder.queries.state import snapshot_state
from tejido.finder.services.build import build_snapshot

FRESH = timedelta(hours=20)


def publish_if_old(*, at: datetime, changed: bool = False, report: Callable[[str], None]) -> None:
    """Build what the finder and the HSDS API read, where it is missing, old or changed."""
    state = snapshot_state()
    if state and has_feed() and not changed and at - state.built_at < FRESH:
        return
    report(_("Building what the finder shows"))
    build_snapshot(folder=settings.SNAPSHOTS, at=at, report=report)
