from django.db import migrations

from tejido.foundation.postgres import MEMBER, PERSON, OwnSecurity, RowSecurity, SameMember


class Migration(migrations.Migration):
    """Row-level security on what belongs to members; grants hang on the same member's people."""

    dependencies = [("network", "0001_members")]

    operations = [
        RowSecurity("Membership", person="person_id"),
        RowSecurity("RoleGrant"),
        RowSecurity("Event", append_only=True),
        RowSecurity("Relationship", owners=("from_member_id", "to_member_id"), network=True),
        SameMember("RoleGrant", "membership"),
        # A person is seen by themselves and by the members where they are or were. Which
        # memberships the sub-select finds is decided by the policy of that table.
        OwnSecurity(
            "Person",
            read=(
                f"id = {PERSON} OR EXISTS (SELECT FROM network_membership"
                " WHERE network_membership.person_id = network_person.id)"
            ),
            add=f"{MEMBER} IS NOT NULL",
            change=f"id = {PERSON}",
        ),
    ]
