"""Writes events as the server does, one a transaction, and names each once it is kept.

`python -m tejido.config.trials.writer` in the environment of an installation; ends when killed.
"""

import os
import sys
from uuid import uuid4

import django


def main() -> None:
    """Write until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415  (it needs the settings)
    from django.utils import timezone  # noqa: PLC0415

    from tejido.foundation.scope import member_scope  # noqa: PLC0415
    from tejido.network.queries.members import member_ids  # noqa: PLC0415
    from tejido.network.services.events import note_event  # noqa: PLC0415

    with connection.cursor() as cursor:
        for pragma in sys.argv[1:]:
            cursor.execute(f"PRAGMA {pragma}")
    (member_id,) = member_ids()
    while True:
        written = uuid4()
        with member_scope(member_id):
            note_event(
                member_id=member_id,
                act="try.promise",
                object_id=written,
                by=None,
                at=timezone.now(),
            )
        os.write(1, f"{written.hex}\n".encode())


if __name__ == "__main__":
    main()
