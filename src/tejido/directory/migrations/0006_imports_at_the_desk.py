from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models

KINDS = ["table", "hsds"]
STATES = ["new", "trying", "tried", "running", "done", "cancelled", "failed"]


class Migration(migrations.Migration):
    """Imports at the desk, from the file to its end."""

    dependencies = [("directory", "0005_needs_at_the_desk")]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("member", models.UUIDField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("file_name", models.TextField()),
                ("kind", models.CharField(choices=[(k, k) for k in KINDS], max_length=8)),
                ("sheet", models.TextField(blank=True)),
                ("mapping", models.TextField(blank=True)),
                ("source", models.JSONField(default=dict)),
                ("state", models.CharField(choices=[(s, s) for s in STATES], max_length=10)),
                ("problem", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.act",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "-at"], name="directory_importrun_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", STATES)),
                        name="directory_importrun_state_known",
                    )
                ],
            },
        )
    ]
