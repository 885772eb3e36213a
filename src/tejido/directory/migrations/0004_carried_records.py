import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_trusted_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='location',
            name='own_words',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='organization',
            name='own_words',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='service',
            name='own_words',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='serviceatlocation',
            name='own_words',
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField(help_text='the field that it stands in, or its HSDS name when alone')),
                ('position', models.PositiveIntegerField(help_text='in a list, from 0', null=True)),
                ('fields', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='records', to='directory.location')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='records', to='directory.organization')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='records', to='directory.service')),
                ('service_at_location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='records', to='directory.serviceatlocation')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='records', to='directory.source')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('location__isnull', True), ('organization__isnull', False), ('service__isnull', True), ('service_at_location__isnull', True), ('source__isnull', True)), models.Q(('location__isnull', True), ('organization__isnull', True), ('service__isnull', False), ('service_at_location__isnull', True), ('source__isnull', True)), models.Q(('location__isnull', False), ('organization__isnull', True), ('service__isnull', True), ('service_at_location__isnull', True), ('source__isnull', True)), models.Q(('location__isnull', True), ('organization__isnull', True), ('service__isnull', True), ('service_at_location__isnull', False), ('source__isnull', True)), models.Q(('location__isnull', True), ('organization__isnull', True), ('service__isnull', True), ('service_at_location__isnull', True), ('source__isnull', False)), _connector='OR'), name='directory_record_one_owner'), models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='directory_record_kind_not_empty')],
            },
        ),
    ]
