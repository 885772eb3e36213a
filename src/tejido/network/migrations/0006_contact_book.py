import django.db.models.deletion
import uuid
from django.db import migrations, models

from tejido.foundation.postgres import RowSecurity, SameMember


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0005_relationship_register'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('person', 'person'), ('organization', 'organization')], max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('also_called', models.CharField(help_text="another form of the name, or ''", max_length=120)),
                ('phone', models.CharField(help_text="E.164, or ''", max_length=20)),
                ('extension', models.CharField(max_length=12)),
                ('email', models.CharField(max_length=254)),
                ('language', models.CharField(help_text="in which to write, or ''", max_length=2)),
                ('note', models.CharField(max_length=300)),
                ('findable', models.CharField(help_text='what a search looks through, folded', max_length=520)),
                ('added_by', models.UUIDField(help_text='a person')),
                ('added_at', models.DateTimeField()),
                ('removed_by', models.UUIDField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ContactTie',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('works-for', 'works-for'), ('supports', 'supports'), ('places-with', 'places-with'), ('authorizes', 'authorizes'), ('refers-to', 'refers-to'), ('partners-with', 'partners-with'), ('funds', 'funds'), ('received-ta-from', 'received-ta-from')], max_length=16)),
                ('title', models.CharField(help_text="what they do there, in words, or ''", max_length=80)),
                ('since', models.DateField()),
                ('until', models.DateField(help_text='the last day', null=True)),
                ('at_member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties', to='network.contact')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.contact')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='SharedContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('phone', models.CharField(max_length=20)),
                ('extension', models.CharField(max_length=12)),
                ('email', models.CharField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('findable', models.CharField(max_length=520)),
                ('consented_on', models.DateField(help_text='the day on which the contact agreed')),
                ('consent_text', models.CharField(help_text='which text was told', max_length=20)),
                ('noted_by', models.UUIDField(help_text='the person who heard it')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared', to='network.contact')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['member', 'name'], name='network_contact_by_name'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('member', 'id'), name='network_contact_of_member'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'organization'])), name='network_contact_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ('', 'en', 'es'))), name='network_contact_language_offered'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='network_contact_removed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='contacttie',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['works-for', 'supports', 'places-with', 'authorizes', 'refers-to', 'partners-with', 'funds', 'received-ta-from'])), name='network_contacttie_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contacttie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('at_member__isnull', False), ('organization__isnull', True)), models.Q(('at_member__isnull', True), ('organization__isnull', False)), _connector='OR'), name='network_contacttie_of_one_other'),
        ),
        migrations.AddConstraint(
            model_name='contacttie',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='network_contacttie_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='sharedcontact',
            constraint=models.UniqueConstraint(fields=('contact',), name='network_sharedcontact_once'),
        ),
        RowSecurity("Contact"),
        RowSecurity("ContactTie"),
        RowSecurity("SharedContact", network=True),
        SameMember("ContactTie", "contact"),
        SameMember("ContactTie", "organization"),
        SameMember("SharedContact", "contact"),
    ]
