"""What a backup keeps of the sealed record: how far the chain of each member reaches."""

from collections.abc import Mapping, Sequence

from tejido.foundation.backups import AskedOfBackup
from tejido.network.domain.audit_chain import Head

HEADS = "heads of the sealed record"
QUERIES = {
    HEADS: AskedOfBackup(
        table="network_seal",
        sql="SELECT m.slug, s.number, s.seal FROM network_seal s"
        " JOIN network_member m ON m.id = s.member_id"
        " WHERE s.number = (SELECT max(t.number) FROM network_seal t"
        " WHERE t.member_id = s.member_id) ORDER BY m.slug",
    )
}


def heads_told(told: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Head]:
    """Return the heads that a backup tells of, by address word of the member."""
    return {slug: Head(int(number), seal) for slug, number, seal in told.get(HEADS, [])}
