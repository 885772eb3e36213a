import uuid

from django.db import migrations, models

from tejido.foundation.postgres import NETWORK, OwnSecurity


class Migration(migrations.Migration):
    """Searches that found nothing within reach, by need, county and day; no member's rows."""

    dependencies = [("directory", "0007_import_runs_of_members")]

    operations = [
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("concept", models.CharField(max_length=64)),
                ("county_fips", models.CharField(max_length=5)),
                ("day", models.DateField()),
                ("searches", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("concept", "county_fips", "day"),
                        name="directory_unmetneed_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("searches__gte", 1)),
                        name="directory_unmetneed_of_one_search_or_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concept", ""), _negated=True),
                            ("county_fips__range", ("06001", "06115")),
                        ),
                        name="directory_unmetneed_of_a_need_in_a_county",
                    ),
                ]
            },
        ),
        OwnSecurity("UnmetNeed", read=NETWORK, add=NETWORK, change=NETWORK),
    ]
