"""Pairs of records that may be one, aliases of those that became one, and the act of merging."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0014_confirm_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("object_type", models.CharField(max_length=60)),
                ("said", models.UUIDField(help_text="the source's id")),
                ("stands_for", models.UUIDField(help_text="the record that stayed")),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organization", "organization"),
                            ("location", "location"),
                            ("service", "service"),
                        ],
                        max_length=14,
                    ),
                ),
                ("one", models.UUIDField()),
                ("other", models.UUIDField()),
                ("score", models.FloatField(help_text="0 to 1")),
                ("reasons", models.JSONField(default=list)),
                (
                    "links",
                    models.BooleanField(help_text="may be put together without anybody looking"),
                ),
                ("mark", models.CharField(max_length=16)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("different", "different"), ("later", "later")],
                        max_length=10,
                    ),
                ),
                ("answered_by", models.UUIDField(help_text="a person", null=True)),
                ("member", models.UUIDField(help_text="for whom they answered", null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="directory_act_kind_known",
        ),
        migrations.AlterField(
            model_name="act",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "import"),
                    ("edit", "edit"),
                    ("bulk", "bulk"),
                    ("publish", "publish"),
                    ("hide", "hide"),
                    ("undo", "undo"),
                    ("merge", "merge"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["import", "edit", "bulk", "publish", "hide", "undo", "merge"])
                ),
                name="directory_act_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alias",
            constraint=models.UniqueConstraint(
                fields=("object_type", "said"), name="directory_alias_once"
            ),
        ),
        migrations.AddIndex(
            model_name="duplicatepair",
            index=models.Index(fields=["answer", "-score"], name="directory_duplicatepair_queue"),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.UniqueConstraint(
                fields=("kind", "one", "other"), name="directory_duplicatepair_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True),
                name="directory_duplicatepair_two_records",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["organization", "location", "service"])),
                name="directory_duplicatepair_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "different", "later"])),
                name="directory_duplicatepair_answer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 0), ("score__lte", 1)),
                name="directory_duplicatepair_score_share",
            ),
        ),
    ]
