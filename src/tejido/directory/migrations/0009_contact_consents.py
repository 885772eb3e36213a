import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Contacts who agreed to be shown; nobody has yet."""

    dependencies = [("directory", "0008_unmet_needs")]

    operations = [
        migrations.CreateModel(
            name="ContactConsent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("record", models.UUIDField()),
                ("mark", models.CharField(max_length=16)),
                ("agreed_on", models.DateField()),
                ("noted_by", models.UUIDField(help_text="a person")),
                ("member", models.UUIDField(help_text="for whom they noted it")),
                ("role", models.CharField(blank=True, max_length=40)),
                ("noted_at", models.DateTimeField()),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("record",),
                        name="directory_contactconsent_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark", ""), _negated=True),
                        name="directory_contactconsent_mark_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="directory_contactconsent_withdrawal_whole",
                    ),
                ]
            },
        ),
    ]
