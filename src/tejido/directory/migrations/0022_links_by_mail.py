"""Where programs get their links by mail, and when each link was mailed."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0021_counts_of_unmet_needs_go"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmlink",
            name="mailed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="LinkAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organization", models.UUIDField(unique=True)),
                ("address", models.CharField(blank=True, max_length=254)),
                ("language", models.CharField(choices=[("en", "en"), ("es", "es")], max_length=2)),
                ("given_on", models.DateField(help_text="local day on which the program gave it")),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField(help_text="a person", null=True)),
                ("member", models.UUIDField(help_text="for whom they noted it", null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("stopped_at__isnull", False)),
                            models.Q(
                                models.Q(("address", ""), _negated=True), ("stopped_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="directory_linkaddress_gone_once_stopped",
                    )
                ],
            },
        ),
    ]
