import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Links by which programs confirm their listings; there is none yet."""

    dependencies = [
        ("directory", "0013_calls"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                ("made_by", models.UUIDField(help_text="a person", null=True)),
                ("member", models.UUIDField(help_text="for whom they made it", null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("confirmed", models.JSONField(default=list)),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.call",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        name="directory_confirmlink_hash_not_empty",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("call", None), ("revoked_at", None)),
                        fields=("organization",),
                        name="directory_confirmlink_one_stands",
                    ),
                ],
            },
        ),
    ]
