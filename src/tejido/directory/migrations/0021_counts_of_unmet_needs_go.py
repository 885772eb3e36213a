"""Counts of unmet needs go when their time is over, also on PostgreSQL."""

from django.db import migrations

from tejido.foundation.postgres import NETWORK, MayRemove


class Migration(migrations.Migration):
    dependencies = [("directory", "0020_words_of_programs_that_wait")]
    operations = [MayRemove("UnmetNeed", NETWORK)]
