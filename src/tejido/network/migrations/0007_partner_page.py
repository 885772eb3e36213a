import django.db.models.deletion
import uuid
from django.db import migrations, models

from tejido.foundation.postgres import RowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0006_contact_book'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('offers', models.JSONField(default=list, help_text='list of `Help`')),
                ('seeks', models.JSONField(default=list, help_text='list of `Help`')),
                ('counties', models.JSONField(default=list, help_text='FIPS codes; 06 is all of California')),
                ('words', models.CharField(max_length=300)),
                ('contact_name', models.CharField(max_length=80)),
                ('phone', models.CharField(help_text="E.164, or ''", max_length=20)),
                ('extension', models.CharField(max_length=12)),
                ('email', models.CharField(max_length=254)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('member',), name='network_partnercard_one')],
            },
        ),
        migrations.CreateModel(
            name='PartnerListing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('offers', models.JSONField(default=list, help_text='list of `Help`')),
                ('seeks', models.JSONField(default=list, help_text='list of `Help`')),
                ('counties', models.JSONField(default=list, help_text='FIPS codes; 06 is all of California')),
                ('words', models.CharField(max_length=300)),
                ('contact_name', models.CharField(max_length=80)),
                ('phone', models.CharField(help_text="E.164, or ''", max_length=20)),
                ('extension', models.CharField(max_length=12)),
                ('email', models.CharField(max_length=254)),
                ('consented_at', models.DateTimeField()),
                ('consented_by', models.UUIDField(help_text='a person')),
                ('consent_text', models.CharField(help_text='which text was read', max_length=20)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('member',), name='network_partnerlisting_one')],
            },
        ),
        RowSecurity("PartnerCard"),
        RowSecurity("PartnerListing", network=True),
    ]
