import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was asked to confirm their listings, and what came of it; nobody was yet."""

    dependencies = [("directory", "0012_last_confirmed")]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "phone"),
                            ("email", "email"),
                            ("visit", "visit"),
                            ("text", "text"),
                            ("link", "link"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "reached"),
                            ("no-answer", "no-answer"),
                            ("wrong-number", "wrong-number"),
                        ],
                        max_length=12,
                    ),
                ),
                ("to_change", models.JSONField(default=list)),
                ("called_by", models.UUIDField(help_text="a person", null=True)),
                ("member", models.UUIDField(help_text="for whom they called", null=True)),
                ("role", models.CharField(blank=True, max_length=40)),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.act",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "-at"], name="directory_call_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["phone", "email", "visit", "text", "link"]),
                            ("outcome__in", ["reached", "no-answer", "wrong-number"]),
                        ),
                        name="directory_call_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "reached"),
                            models.Q(("act__isnull", True), ("to_change", [])),
                            _connector="OR",
                        ),
                        name="directory_call_only_who_was_reached_confirms",
                    ),
                ],
            },
        ),
    ]
