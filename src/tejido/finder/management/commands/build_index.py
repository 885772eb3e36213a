"""`build_index`: make the snapshot that the finder reads."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tejido.finder.services.build import build_snapshot


class Command(BaseCommand):
    """Build the finder's snapshot from everything public and put it in use."""

    help = "Build the finder's snapshot from everything public and put it in use."
    requires_migrations_checks = True

    def handle(self, **_: Any) -> None:
        """Build it, with one line for each step."""
        build_snapshot(folder=settings.SNAPSHOTS, at=timezone.now(), report=self.stdout.write)
