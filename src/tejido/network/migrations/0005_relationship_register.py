from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_invitations'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='member',
            name='network_member_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='relationship',
            name='network_relationship_kind_known',
        ),
        migrations.AddField(
            model_name='relationship',
            name='was_mistaken',
            field=models.BooleanField(default=False, help_text='it never was so; nobody reads it'),
        ),
        migrations.AlterField(
            model_name='member',
            name='kind',
            field=models.CharField(choices=[('program', 'program'), ('training-center', 'training-center'), ('ta-center', 'ta-center'), ('county-division', 'county-division'), ('provider', 'provider'), ('employer', 'employer'), ('coalition', 'coalition'), ('advocacy-group', 'advocacy-group'), ('funder', 'funder')], max_length=20),
        ),
        migrations.AlterField(
            model_name='relationship',
            name='kind',
            field=models.CharField(choices=[('supports', 'supports'), ('places-with', 'places-with'), ('authorizes', 'authorizes'), ('refers-to', 'refers-to'), ('partners-with', 'partners-with'), ('funds', 'funds'), ('received-ta-from', 'received-ta-from')], max_length=16),
        ),
        migrations.AlterField(
            model_name='relationship',
            name='until',
            field=models.DateField(help_text='the last day', null=True),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['program', 'training-center', 'ta-center', 'county-division', 'provider', 'employer', 'coalition', 'advocacy-group', 'funder'])), name='network_member_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='network_relationship_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('was_mistaken', False), ('until__isnull', False), _connector='OR'), name='network_relationship_mistaken_is_ended'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['supports', 'places-with', 'authorizes', 'refers-to', 'partners-with', 'funds', 'received-ta-from'])), name='network_relationship_kind_known'),
        ),
    ]
