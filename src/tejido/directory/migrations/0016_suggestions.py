import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """What anybody said is wrong with a listing; nobody said anything yet."""

    dependencies = [
        ("directory", "0015_records_that_are_one"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("listing", models.UUIDField()),
                ("service", models.UUIDField()),
                (
                    "wrong",
                    models.CharField(
                        choices=[
                            ("closed", "closed"),
                            ("hours", "hours"),
                            ("phone", "phone"),
                            ("address", "address"),
                            ("offer", "offer"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("instead", models.TextField(blank=True)),
                ("language", models.CharField(max_length=8)),
                ("day", models.DateField()),
                ("further", models.PositiveIntegerField(default=0)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waits", "waits"),
                            ("confirmed", "confirmed"),
                            ("written", "written"),
                            ("aside", "aside"),
                        ],
                        default="waits",
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                ("role", models.CharField(blank=True, help_text="of who answered", max_length=40)),
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
                    models.Index(fields=["listing", "day"], name="directory_suggestion_listing"),
                    models.Index(fields=["day"], name="directory_suggestion_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "wrong__in",
                                ["closed", "hours", "phone", "address", "offer", "other"],
                            ),
                            ("answer__in", ["waits", "confirmed", "written", "aside"]),
                        ),
                        name="directory_suggestion_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act__isnull", True),
                                ("answer", "waits"),
                                ("answered_on__isnull", True),
                            ),
                            models.Q(
                                models.Q(("answer", "waits"), _negated=True),
                                ("answered_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="directory_suggestion_answered_on_a_day",
                    ),
                ],
            },
        ),
    ]
