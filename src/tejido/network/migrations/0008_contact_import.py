import django.db.models.deletion
import uuid
from django.db import migrations, models

from tejido.foundation.postgres import RowSecurity, SameMember


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0007_partner_page'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=120)),
                ('first_row', models.PositiveIntegerField(default=1, help_text='of the heading, from 1')),
                ('rows', models.JSONField(default=list, help_text='the heading first; empty when it is done')),
                ('columns', models.JSONField(default=list, help_text="what each column holds, '' for nothing")),
                ('brought_by', models.UUIDField(help_text='a person')),
                ('brought_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('added', models.PositiveIntegerField(default=0)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.member')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='brought_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='network.contactimport'),
        ),
        migrations.AddConstraint(
            model_name='contactimport',
            constraint=models.UniqueConstraint(fields=('member', 'id'), name='network_contactimport_of_member'),
        ),
        migrations.AddConstraint(
            model_name='contactimport',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('done_at__isnull', False), _connector='OR'), name='network_contactimport_undone_after_done'),
        ),
        RowSecurity("ContactImport"),
        SameMember("Contact", "brought_in"),
    ]
