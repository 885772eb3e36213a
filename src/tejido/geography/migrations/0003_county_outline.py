import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('geography', '0002_tract'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountyOutline',
            fields=[
                ('county', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='geography.county')),
                ('polygons', models.JSONField(help_text='polygons of rings of [longitude, latitude]; the first ring is the outer one')),
                ('south', models.FloatField(help_text='degrees')),
                ('north', models.FloatField(help_text='degrees')),
                ('west', models.FloatField(help_text='degrees')),
                ('east', models.FloatField(help_text='degrees')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('east__lte', -114.1), ('north__lte', 42.05), ('south__gte', 32.5), ('south__lt', models.F('north')), ('west__gte', -124.5), ('west__lt', models.F('east'))), name='geography_countyoutline_box_in_california')],
            },
        ),
    ]
