"""A member's translator reviews a public text, in the member's name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import require
from tejido.network.services.events import note_event
from tejido.translation.domain.texts import TextKey
from tejido.translation.services import review_text


def review_for_member(
    *, key: TextKey, language: str, text: str, member_id: UUID, by: UUID, at: datetime
) -> None:
    """Mark a translation as reviewed; the member answers for it.

    Args:
        key: the field.
        language: of the translation.
        text: what the reviewer read.
        member_id: the member where `by` is a translator.
        by: the reviewer, who did not write the text.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` is not a translator there.
        TextRefused: the text is not one that they can review.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.REVIEW_TEXT)
        review_text(
            key=key,
            language=language,
            text=text,
            reviewed_by=by,
            reviewed_for=member_id,
            on=local_day(at),
        )
        note_event(
            member_id=member_id,
            act="review.text",
            object_id=key.object_id,
            by=by,
            at=at,
            facts={"object_type": key.object_type, "field": key.field, "language": language},
        )
