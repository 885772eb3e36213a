"""Findings by the record that they are about, for its page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_contact_consents")]

    operations = [
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["object_id", "id"], name="directory_finding_of_object"),
        ),
    ]
