import django.db.models.deletion
import uuid
from django.db import migrations, models

from tejido.foundation.postgres import RowSecurity, SameMember


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_audit_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "called",
                    models.CharField(
                        help_text="whom it is for, as the inviter calls them", max_length=80
                    ),
                ),
                ("roles", models.JSONField(help_text="list of roles")),
                (
                    "token_hash",
                    models.CharField(help_text="SHA-256 of the link's token", max_length=64),
                ),
                ("made_by", models.UUIDField(help_text="a person")),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.member",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "token_hash"), name="network_invitation_one_link"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="network_invitation_holds_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("membership__isnull", True), ("used_at__isnull", True)),
                            models.Q(
                                ("membership__isnull", False),
                                ("used_at__isnull", False),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="network_invitation_used_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="network_invitation_withdrawn_by_somebody",
                    ),
                ],
            },
        ),
        RowSecurity("Invitation"),
        SameMember("Invitation", "membership"),
    ]
