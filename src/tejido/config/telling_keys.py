"""What the commands about keys understand and say."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.foundation.key_files import KeyName, KeyRefused, Purpose
from tejido.foundation.keys import KeyState, State, folder
from tejido.network.queries.members import member_named, member_names

STATES = {
    State.IN_USE: gettext_lazy("in use"),
    State.READ: gettext_lazy("still read"),
    State.DESTROYED: gettext_lazy("destroyed"),
    State.BACK: gettext_lazy("destroyed, but a copy of its file is back: destroy it again"),
    State.MISSING: gettext_lazy("MISSING: put the folder back from its copy"),
}
LOST = {
    Purpose.SESSIONS: gettext_lazy(
        "Who signed in under it signs in again, and links for programs made under it lose their "
        "effect; they last 45 days."
    ),
    Purpose.SECOND_STEPS: gettext_lazy(
        "Second steps are brought to the newest key first. Those in older backups of the database "
        "can then never be read: their people set them up again."
    ),
    Purpose.PEPPER: gettext_lazy(
        "Codes of participants that were kept under it can never be matched again, by anybody, "
        "in this database or in a backup: who comes back counts as somebody new."
    ),
    Purpose.SEALING: gettext_lazy(
        "Work that phones sealed for it and have not sent yet can never be opened. Wait until "
        "every phone has sent what it holds."
    ),
    Purpose.CREDENTIALS: gettext_lazy(
        "Nothing is signed with it any more. Credentials that it signed stay valid while its "
        "public half is published."
    ),
    Purpose.AUDIT: gettext_lazy(
        "The part of the record of who did what that was sealed with it can no longer be checked."
    ),
    Purpose.BACKUP: gettext_lazy("Backups that were made for it can never be read again."),
}


def ring_named(name: str, *, member: str) -> tuple[Purpose, UUID | None]:
    """Return which key is meant, and whose.

    Raises:
        KeyRefused: `name-unknown`, `member-needed`, `member-unknown`, `no-member`.
    """
    if name not in {*Purpose}:
        known = ", ".join(Purpose)
        sentence = _("There is no key called %(name)s. There are: %(known)s.")
        raise KeyRefused("name-unknown", sentence % {"name": name, "known": known})
    purpose = Purpose(name)
    if purpose is not Purpose.PEPPER:
        if member:
            raise KeyRefused("no-member", _("Only peppers belong to members. Leave out --member."))
        return purpose, None
    if not member:
        raise KeyRefused("member-needed", _("Whose pepper? Add --member and its address word."))
    found = member_named(member)
    if found is None:
        sentence = _("There is no member %(member)s. Its address word stands after /desk/.")
        raise KeyRefused("member-unknown", sentence % {"member": member})
    return purpose, found.id


def refuse_unconfirmed(name: KeyName, *, is_confirmed: bool) -> None:
    """Say what would be lost, unless it was read already.

    Raises:
        KeyRefused: `unconfirmed`.
    """
    if is_confirmed:
        return
    sentence = _(
        "This destroys the key %(name)s for good. %(lost)s Nothing was changed yet. If that is "
        "what you want, run the command again with --yes."
    )
    told = {"name": name, "lost": LOST[name.purpose]}
    raise KeyRefused("unconfirmed", sentence % told)


def rotated_told(name: KeyName) -> str:
    """Return what to do after a rotation."""
    told = [_("The key %(name)s is in use now.") % {"name": name}]
    if name.purpose is Purpose.SESSIONS:
        told.append(_("Restart the server. Who is signed in stays so."))
        if settings.SECRET_KEY_GIVEN:
            told.append(_("SECRET_KEY in the environment still wins: take it out first."))
    told.append(_("Copy %(folder)s to where you keep its copy.") % {"folder": folder()})
    return " ".join(told)


def destroyed_told(name: KeyName) -> str:
    """Return what to do after a key was destroyed."""
    return _(
        "The key %(name)s is destroyed here. Destroy it in every copy of %(folder)s too: whoever "
        "has one of them can still read what lay under it."
    ) % {"name": name, "folder": folder()}


def key_lines(states: Iterable[KeyState]) -> list[str]:
    """Return one line for each key: which, generation, when, how it stands, its public half."""
    states = list(states)
    slugs = member_names({state.name.owner for state in states if state.name.owner})
    names = [_ring_told(state.name, slugs) for state in states]
    width = max(map(len, names), default=0)
    return [_line(state, name, width) for state, name in zip(states, names, strict=True)]


def not_made_yet(states: Iterable[KeyState]) -> str:
    """Return the line about keys that nobody has needed yet, or ''."""
    made = {state.name.purpose for state in states}
    lacking = [purpose.value for purpose in Purpose if purpose not in made]
    told = _("Not made yet, each is when it is first needed: %(names)s")
    return told % {"names": ", ".join(lacking)} if lacking else ""


def _ring_told(name: KeyName, slugs: dict[UUID, str]) -> str:
    whose = slugs.get(name.owner, str(name.owner)) if name.owner else ""
    return f"{name.purpose} {whose}".strip()


def _line(state: KeyState, name: str, width: int) -> str:
    made = f"{state.made_at:%Y-%m-%d}" if state.made_at else "-"
    told = f"  {name:<{width}}  {state.name.generation:>3}  {made:<10}  {STATES[state.state]}"
    return f"{told}  {state.shown}".rstrip()
