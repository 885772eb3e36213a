import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """When each part of each listing was last confirmed; filled when it is prepared."""

    dependencies = [("directory", "0011_confirmation_clocks")]

    operations = [
        migrations.CreateModel(
            name="LastConfirmed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("clock", models.PositiveSmallIntegerField()),
                ("since", models.DateField()),
                ("is_confirmed", models.BooleanField()),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.service",
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
                    models.Index(
                        fields=["organization", "clock", "since", "is_confirmed"],
                        name="directory_lastconfirmed_whose",
                    ),
                    models.Index(
                        fields=["clock", "since", "is_confirmed"],
                        name="directory_lastconfirmed_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("listing", "clock"), name="directory_lastconfirmed_once_for_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clock__lt", 20)),
                        name="directory_lastconfirmed_clock_known",
                    ),
                ],
            },
        ),
    ]
