import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """How long listings are believed, and how fast a team calls."""

    dependencies = [
        ("directory", "0010_finding_of_object"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("phone", "phone"),
                            ("status", "status"),
                            ("eligibility", "eligibility"),
                            ("address", "address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[("core", "core"), ("context", "context")], max_length=8
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("mobile", "mobile"), ("fixed", "fixed")], max_length=8
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(null=True)),
                ("since", models.DateField()),
                ("why", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "tier", "kind"), name="directory_clock_once_for_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group__in", ["hours", "phone", "status", "eligibility", "address"]),
                            ("tier__in", ["core", "context"]),
                            ("kind__in", ["mobile", "fixed"]),
                        ),
                        name="directory_clock_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__isnull", True), ("days__range", (1, 3650)), _connector="OR"
                        ),
                        name="directory_clock_days_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", "hours"), ("tier", "core"), _negated=True),
                            ("days__isnull", False),
                            _connector="OR",
                        ),
                        name="directory_clock_core_hours_run",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("minutes_a_sheet", models.PositiveSmallIntegerField()),
                (
                    "minutes_a_week",
                    models.PositiveIntegerField(help_text="null: nobody said", null=True),
                ),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes_a_sheet__range", (1, 480))),
                        name="directory_pace_sheet_takes_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes_a_week__isnull", True),
                            ("minutes_a_week__lte", 10080),
                            _connector="OR",
                        ),
                        name="directory_pace_fits_a_week",
                    ),
                ],
            },
        ),
    ]
