import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('geography', '0003_county_outline'),
    ]

    operations = [
        migrations.CreateModel(
            name='Landmark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('landmark', 'landmark'), ('cross-streets', 'cross-streets')], max_length=13)),
                ('name', models.CharField(help_text='without the town', max_length=80)),
                ('spanish_name', models.CharField(blank=True, max_length=80)),
                ('other_names', models.JSONField(default=list, help_text='searched, never shown')),
                ('town', models.CharField(max_length=60)),
                ('latitude', models.FloatField(help_text='degrees')),
                ('longitude', models.FloatField(help_text='degrees')),
                ('identity', models.CharField(help_text='equal for two of one name in a town', max_length=200)),
                ('added_on', models.DateField()),
                ('added_by', models.UUIDField()),
                ('removed_on', models.DateField(null=True)),
                ('removed_by', models.UUIDField(null=True)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geography.county')),
            ],
        ),
        migrations.CreateModel(
            name='LandmarkRename',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('spanish_name', models.CharField(blank=True, max_length=80)),
                ('other_names', models.JSONField(default=list)),
                ('renamed_on', models.DateField()),
                ('renamed_by', models.UUIDField()),
                ('landmark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geography.landmark')),
            ],
        ),
        migrations.AddConstraint(
            model_name='landmark',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['landmark', 'cross-streets'])), name='geography_landmark_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='landmark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('town', ''), _negated=True)), name='geography_landmark_named'),
        ),
        migrations.AddConstraint(
            model_name='landmark',
            constraint=models.CheckConstraint(condition=models.Q(('latitude__range', (32.5, 42.05)), ('longitude__range', (-124.5, -114.1))), name='geography_landmark_point_in_california'),
        ),
        migrations.AddConstraint(
            model_name='landmark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_by__isnull', True), ('removed_on__isnull', True)), models.Q(('removed_by__isnull', False), ('removed_on__isnull', False)), _connector='OR'), name='geography_landmark_removed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='landmark',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_on__isnull', True)), fields=('identity',), name='geography_landmark_once_in_town'),
        ),
    ]
