from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models

from tejido.foundation.postgres import RowSecurity


class Migration(migrations.Migration):
    """Imports at the desk belong to the member for whom they are brought; rows stay."""

    dependencies = [("directory", "0006_imports_at_the_desk"), ("network", "0002_secure_rows")]

    operations = [
        migrations.AlterModelOptions("importrun", {"base_manager_name": "objects"}),
        migrations.AlterField(
            "importrun",
            "id",
            models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField("importrun", "by", models.UUIDField(help_text="a person")),
        migrations.AlterField(
            "importrun",
            "member",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.member",
            ),
        ),
        RowSecurity("ImportRun"),
    ]
