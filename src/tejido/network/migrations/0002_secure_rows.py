from django.db import migrations

from tejido.foundation.postgres import RowSecurity, SameMember


class Migration(migrations.Migration):
    """Row-level security on what belongs to members; grants hang on the same member's people."""

    dependencies = [("network", "0001_members")]

    operations = [
        RowSecurity("Membership", person="person_id"),
        RowSecurity("RoleGrant"),
        RowSecurity("Event", append_only=True),
        RowSecurity("Relationship", owners=("from_member_id", "to_member_id"), network=True),
        SameMember("RoleGrant", "membership"),
    ]
