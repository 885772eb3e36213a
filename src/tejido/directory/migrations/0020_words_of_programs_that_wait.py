from datetime import UTC

from django.db import migrations
from django.utils import timezone

WRONG_OF = {
    "schedules": "hours",
    "phones": "phone",
    "status": "closed",
    "attributes": "offer",
    "address": "address",
}
LONGEST_INSTEAD = 120


def keep_what_waits(apps, schema_editor):
    """Let wait what programs said by their links and no later answer of theirs followed."""
    calls = apps.get_model("directory", "Call").objects.filter(outcome="reached")
    last = {row.organization: row for row in calls.order_by("at", "id")}
    rows = [row for call in last.values() if call.channel == "link" for row in _rows(apps, call)]
    apps.get_model("directory", "Suggestion").objects.bulk_create(rows)


def _rows(apps, call):
    model = apps.get_model("directory", "Suggestion")
    for service, _kind, record, field, *words in call.to_change:
        said = "".join(words)
        is_short = len(said) <= LONGEST_INSTEAD
        yield model(
            listing=service,
            service=service,
            wrong=WRONG_OF[field],
            instead=said if is_short else "",
            note="" if is_short else said,
            language="en",
            day=timezone.localdate(call.at.astimezone(UTC)),
            call=call,
            record=record,
        )


def forget_words_of_programs(apps, schema_editor):
    apps.get_model("directory", "Suggestion").objects.exclude(call=None).delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0019_words_of_programs")]

    operations = [migrations.RunPython(keep_what_waits, forget_words_of_programs)]
