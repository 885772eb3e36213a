
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('display_name', models.CharField(help_text='what they want to be called', max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('program', 'program'), ('training-center', 'training-center'), ('ta-center', 'ta-center'), ('county-division', 'county-division'), ('provider', 'provider'), ('employer', 'employer'), ('coalition', 'coalition')], max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('county_fips', models.CharField(help_text="five digits, or '' without a county", max_length=5)),
                ('listing_id', models.UUIDField(help_text='directory.Organization, when it has one', null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['program', 'training-center', 'ta-center', 'county-division', 'provider', 'employer', 'coalition'])), name='network_member_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(help_text='the day on which it ended', null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('supports', 'supports'), ('places-with', 'places-with'), ('authorizes', 'authorizes'), ('refers-to', 'refers-to')], max_length=16)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('from_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
                ('to_member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('network-coordinator', 'network-coordinator'), ('program-manager', 'program-manager'), ('steward', 'steward'), ('recruiter', 'recruiter'), ('trainer', 'trainer'), ('analyst', 'analyst'), ('translator', 'translator'), ('county-official', 'county-official'), ('care-provider', 'care-provider'), ('advocate', 'advocate'), ('outreach-worker', 'outreach-worker'), ('employer-contact', 'employer-contact'), ('alumna', 'alumna'), ('trainee', 'trainee')], max_length=24)),
                ('granted_by', models.UUIDField(help_text='a person; None at the very beginning', null=True)),
                ('granted_at', models.DateTimeField()),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='network.membership')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('actor', models.UUIDField(help_text='a person; None for the software itself', null=True)),
                ('happened_at', models.DateTimeField()),
                ('act', models.CharField(help_text='verb.object, such as grant.role', max_length=40)),
                ('object_id', models.UUIDField()),
                ('facts', models.JSONField(default=dict)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['member', 'happened_at'], name='network_event_by_time')],
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('member', 'id'), name='network_membership_of_member'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('member', 'person'), name='network_membership_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='network_membership_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('from_member', models.F('to_member')), _negated=True), name='network_relationship_of_two'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('from_member', 'to_member', 'kind'), name='network_relationship_once'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['supports', 'places-with', 'authorizes', 'refers-to'])), name='network_relationship_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('membership', 'role'), name='network_rolegrant_once'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='network_rolegrant_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['network-coordinator', 'program-manager', 'steward', 'recruiter', 'trainer', 'analyst', 'translator', 'county-official', 'care-provider', 'advocate', 'outreach-worker', 'employer-contact', 'alumna', 'trainee'])), name='network_rolegrant_role_known'),
        ),
    ]
