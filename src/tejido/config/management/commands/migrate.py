from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from tejido.config.prepare import as_owner


class Command(migrate.Command):
    """Django's migrate, done as the role that owns the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as DATABASE_OWNER_URL where it is set, and make the table of rate limits."""
        with as_owner():
            super().handle(*args, **options)
            if connection.vendor == "postgresql":
                call_command("createcachetable", verbosity=0)
