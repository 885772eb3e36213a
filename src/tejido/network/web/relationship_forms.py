"""What is asked about two members, and about conflicts of interest."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.members import RelationshipKind
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.people import PersonSeen
from tejido.network.web.fields import chosen, example_day, first_day, last_day, of_members, offer
from tejido.network.wording import RELATIONSHIPS

# What the other does for us is said by us only where it is no claim to a standing of ours.
INWARD = (RelationshipKind.FUNDS, RelationshipKind.SUPPORTS)


def kind_choices() -> list[tuple[str, object]]:
    """Return what a member can say of itself and another, as `kind` or `kind:in`."""
    out = [(kind.value, RELATIONSHIPS[kind, True]) for kind in RelationshipKind]
    return [*out, *((f"{kind}:in", RELATIONSHIPS[kind, False]) for kind in INWARD)]


class _Form(forms.Form):
    use_required_attribute = False


class RelationshipForm(_Form):
    """What stands between our member and another."""

    kind = chosen(_("What stands between us"), missing=_("Choose what"))
    other = chosen(_("Which member"), missing=_("Choose a member"))
    since = first_day()
    until = last_day()

    def __init__(self, others: Iterable[MemberSeen], *args: Any, **kwargs: Any) -> None:
        """Offer the other members."""
        super().__init__(*args, **kwargs)
        offer(self, "kind", kind_choices())
        offer(self, "other", of_members(others), empty=_("Choose a member"))


class ConflictForm(_Form):
    """Whom to look at: a person of ours or a member, and another member, on a day."""

    who = chosen(_("Who"), missing=_("Choose who"))
    about = chosen(_("About which member"), missing=_("Choose a member"))
    on = example_day(_("On which day"))

    def __init__(
        self,
        people: Iterable[PersonSeen],
        members: list[MemberSeen],
        contacts: Iterable[tuple[UUID, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Offer the people of the member and of its contact book, and all members."""
        super().__init__(*args, **kwargs)
        groups = [
            (_("People here"), [(f"person:{each.person_id}", each.name) for each in people]),
            (_("Members"), [(f"member:{each.id}", each.name) for each in members]),
            (_("In your contact book"), [(f"contact:{key}", name) for key, name in contacts]),
        ]
        offer(self, "who", groups, empty=_("Choose who"))
        offer(self, "about", of_members(members), empty=_("Choose a member"))
