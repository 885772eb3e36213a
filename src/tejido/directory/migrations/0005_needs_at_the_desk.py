from django.db import migrations, models


class Migration(migrations.Migration):
    """What a steward changes about needs: words in and out of use, and where they come from."""

    dependencies = [("directory", "0004_saved_mappings")]

    operations = [
        migrations.AddField("concept", "source", models.JSONField(default=list)),
        migrations.AddField("concept", "is_retired", models.BooleanField(default=False)),
        migrations.AddField("concept", "updated_at", models.DateTimeField(null=True)),
        migrations.AddField("conceptform", "source", models.CharField(blank=True, max_length=60)),
        migrations.AddField("conceptform", "is_retired", models.BooleanField(default=False)),
        migrations.AddField("conceptform", "updated_at", models.DateTimeField(null=True)),
    ]
