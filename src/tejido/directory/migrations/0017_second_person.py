import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes that wait for a second person; there is none yet, and no act had one."""

    dependencies = [
        ('directory', '0016_suggestions'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('import', 'import'), ('edit', 'edit'), ('bulk', 'bulk'), ('publish', 'publish'), ('hide', 'hide'), ('undo', 'undo'), ('merge', 'merge')], max_length=8)),
                ('proposed_by', models.UUIDField(help_text='a person')),
                ('member', models.UUIDField(help_text='for whom they did', null=True)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('proposed_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('approved', 'approved'), ('alone', 'alone'), ('turned-down', 'turned-down'), ('withdrawn', 'withdrawn')], default='waiting', max_length=12)),
                ('decided_by', models.UUIDField(help_text='a person', null=True)),
                ('decided_role', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, help_text='why it was turned down, or done alone')),
            ],
        ),
        migrations.CreateModel(
            name='ProposedField',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.UUIDField()),
                ('field', models.CharField(max_length=40)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='act',
            name='second',
            field=models.UUIDField(help_text='the person who approved it', null=True),
        ),
        migrations.AddField(
            model_name='act',
            name='second_role',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('second__isnull', True), models.Q(('second', models.F('actor')), _negated=True), _connector='OR'), name='directory_act_second_is_another'),
        ),
        migrations.AddField(
            model_name='proposedchange',
            name='act',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_as', to='directory.act'),
        ),
        migrations.AddField(
            model_name='proposedchange',
            name='undoes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.act'),
        ),
        migrations.AddField(
            model_name='proposedfield',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='directory.proposedchange'),
        ),
        migrations.AddIndex(
            model_name='proposedchange',
            index=models.Index(fields=['state', 'proposed_at'], name='directory_proposed_queue'),
        ),
        migrations.AddConstraint(
            model_name='proposedchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'waiting')), models.Q(('state', 'approved'), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), models.Q(('state', 'alone'), ('decided_at__isnull', False), ('decided_by__isnull', False), ('decided_by', models.F('proposed_by')), models.Q(('reason', ''), _negated=True)), models.Q(('state', 'turned-down'), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('reason', ''), _negated=True)), models.Q(('state', 'withdrawn'), ('decided_at__isnull', False), ('decided_by__isnull', False), ('decided_by', models.F('proposed_by'))), _connector='OR'), name='directory_proposedchange_second_person'),
        ),
        migrations.AddConstraint(
            model_name='proposedchange',
            constraint=models.CheckConstraint(condition=models.Q(('act__isnull', True), ('state__in', ['approved', 'alone']), _connector='OR'), name='directory_proposedchange_act_after_yes'),
        ),
        migrations.AddIndex(
            model_name='proposedfield',
            index=models.Index(fields=['object_id'], name='directory_proposed_of_object'),
        ),
        migrations.AddConstraint(
            model_name='proposedfield',
            constraint=models.UniqueConstraint(fields=('proposal', 'object_id', 'field', 'language'), name='directory_proposedfield_once'),
        ),
    ]
