
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.UUIDField()),
                ('field', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=12)),
                ('text', models.TextField()),
                ('source_hash', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('source', 'source'), ('machine', 'machine'), ('translated', 'translated'), ('reviewed', 'reviewed'), ('stale', 'stale')], max_length=10)),
                ('is_machine', models.BooleanField(default=False, help_text='no person has read it yet')),
                ('is_critical', models.BooleanField(default=False)),
                ('written_by', models.UUIDField(null=True)),
                ('reviewed_by', models.UUIDField(null=True)),
                ('reviewed_for', models.UUIDField(help_text='the member that answers for the review', null=True)),
                ('reviewed_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('object_id', 'field', 'language', 'object_type'), name='translation_unit_one_text_a_language'), models.UniqueConstraint(condition=models.Q(('state', 'source')), fields=('object_id', 'field', 'object_type'), name='translation_unit_one_source'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'reviewed'), _negated=True), models.Q(('reviewed_by__isnull', False), ('reviewed_for__isnull', False), ('reviewed_on__isnull', False)), _connector='OR'), name='translation_unit_reviewed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'machine'), _negated=True), ('is_machine', True), _connector='OR'), name='translation_unit_machine_says_so'), models.CheckConstraint(condition=models.Q(('state__in', ['source', 'machine', 'translated', 'reviewed', 'stale'])), name='translation_unit_state_known')],
            },
        ),
    ]
