from django.db import migrations


def forget(apps, schema_editor):
    """Sessions lie in a table of our own now: whoever was signed in signs in once more."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sessions_of_accounts"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
