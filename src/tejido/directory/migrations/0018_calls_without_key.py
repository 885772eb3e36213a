from django.db import migrations, models
from django.db.models import Q

ONE_STANDS = models.UniqueConstraint(
    fields=["organization"],
    condition=Q(revoked_at=None, call=None),
    name="directory_confirmlink_one_stands",
)


class Migration(migrations.Migration):
    """What was asked of a program stays when it becomes part of another one or is gone."""

    dependencies = [("directory", "0017_second_person")]

    operations = [
        # On PostgreSQL a key that becomes a plain id loses what is unique by it, so it is put
        # back.
        migrations.RemoveConstraint("confirmlink", ONE_STANDS.name),
        migrations.AlterField("call", "organization", models.UUIDField()),
        migrations.AlterField("confirmlink", "organization", models.UUIDField()),
        migrations.AddConstraint("confirmlink", ONE_STANDS),
        migrations.AddIndex(
            "confirmlink",
            models.Index(fields=["organization", "-made_at"], name="directory_confirmlink_last"),
        ),
    ]
