from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_acts'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='trusted',
            field=models.BooleanField(default=True, help_text='its records count as confirmed'),
        ),
    ]
