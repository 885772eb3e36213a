import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('geography', '0001_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tract',
            fields=[
                ('geoid', models.CharField(help_text='text: 06001400100', max_length=11, primary_key=True, serialize=False)),
                ('population', models.PositiveIntegerField()),
                ('latitude', models.FloatField(help_text='degrees; of the people, not of the land')),
                ('longitude', models.FloatField(help_text='degrees')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geography.county')),
            ],
        ),
        migrations.AddConstraint(
            model_name='tract',
            constraint=models.CheckConstraint(condition=models.Q(('geoid__regex', '^06[0-9]{9}$')), name='geography_tract_geoid_california'),
        ),
        migrations.AddConstraint(
            model_name='tract',
            constraint=models.CheckConstraint(condition=models.Q(('geoid__startswith', models.F('county_id'))), name='geography_tract_lies_in_its_county'),
        ),
        migrations.AddConstraint(
            model_name='tract',
            constraint=models.CheckConstraint(condition=models.Q(('latitude__range', (32.5, 42.05)), ('longitude__range', (-124.5, -114.1))), name='geography_tract_point_in_california'),
        ),
    ]
