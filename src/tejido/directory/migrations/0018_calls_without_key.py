from django.db import migrations, models


class Migration(migrations.Migration):
    """What was asked of a program stays when it becomes part of another one or is gone."""

    dependencies = [("directory", "0017_second_person")]

    operations = [
        migrations.AlterField("call", "organization", models.UUIDField()),
        migrations.AlterField("confirmlink", "organization", models.UUIDField()),
        migrations.AddIndex(
            "confirmlink",
            models.Index(fields=["organization", "-made_at"], name="directory_confirmlink_last"),
        ),
    ]
