import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # Nothing wrote the table of renames before landmarks had a page, so it goes empty.

    dependencies = [
        ('geography', '0004_landmark'),
    ]

    operations = [
        migrations.DeleteModel(name='LandmarkRename'),
        migrations.CreateModel(
            name='LandmarkVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('landmark', 'landmark'), ('cross-streets', 'cross-streets')], max_length=13)),
                ('name', models.CharField(max_length=80)),
                ('spanish_name', models.CharField(blank=True, max_length=80)),
                ('other_names', models.JSONField(default=list)),
                ('town', models.CharField(max_length=60)),
                ('latitude', models.FloatField(help_text='degrees')),
                ('longitude', models.FloatField(help_text='degrees')),
                ('removed_on', models.DateField(help_text='it was out of the list since then', null=True)),
                ('removed_by', models.UUIDField(null=True)),
                ('changed_on', models.DateField()),
                ('changed_by', models.UUIDField()),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geography.county')),
                ('landmark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geography.landmark')),
            ],
        ),
    ]
