"""Put two records together: one stays with all that hung on both, the other becomes its alias."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import TEXTS, ActKind
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.duplicates.comparing import may_link
from tejido.directory.domain.duplicates.merging import (
    GROUPS,
    JOINED,
    MOVED,
    Side,
    joined_rows,
    proposed_side,
    sides_for,
)
from tejido.directory.domain.duplicates.profiles import Kind, Profile
from tejido.directory.domain.four_eyes import UNLISTED
from tejido.directory.domain.provenance import (
    SENTENCES,
    Confirmation,
    provenance_from,
    said_of_field,
)
from tejido.directory.domain.visibility import strictest
from tejido.directory.domain.vocabulary import ConfirmedBy, Visibility
from tejido.directory.models import Location, Organization, Service, ServiceAtLocation
from tejido.directory.queries.duplicates import profiles_of
from tejido.directory.services.acts import Actor, Recorder, begin_act, finish_act
from tejido.directory.services.aliases import add_aliases
from tejido.directory.services.details import LABELS, LOCATION, ORGANIZATION, PLACE, SERVICE
from tejido.directory.services.editing import PROVENANCE, seen_digest
from tejido.directory.services.removal import OWNER_KEYS, remove_records
from tejido.directory.services.setting import FieldKey, set_values, values_of
from tejido.foundation.errors import Refused

KEYS = {
    Kind.ORGANIZATION: ORGANIZATION,
    Kind.LOCATION: LOCATION,
    Kind.SERVICE: SERVICE,
}
MODELS: Mapping[Kind, type[models.Model]] = {
    Kind.ORGANIZATION: Organization,
    Kind.LOCATION: Location,
    Kind.SERVICE: Service,
}
# What names a record, and by which field of it.
CHILDREN: Mapping[Kind, tuple[type[models.Model], str]] = {
    Kind.ORGANIZATION: (Service, "organization"),
    Kind.LOCATION: (ServiceAtLocation, "location"),
    Kind.SERVICE: (ServiceAtLocation, "service"),
}
PLACE_LABEL = LABELS[PLACE]


class MergeRefused(Refused):
    """Two records that cannot be put together; nothing changed."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What a steward sent.

    Attributes:
        stays, goes: ids of two records of one kind.
        sides: group of fields (domain.duplicates.merging) -> whose words stay; what is not named
            is as it is proposed.
        seen: `seen_of` both, '' skips the check.
    """

    kind: Kind
    stays: UUID
    goes: UUID
    sides: Mapping[str, Side] = field(default_factory=dict)
    seen: str = ""


def label_of(kind: Kind) -> str:
    """Return what acts call records of a kind."""
    return LABELS[KEYS[kind]]


def fields_of(kind: Kind, key: UUID) -> list[FieldKey]:
    """Return the fields of a record that are chosen from."""
    names = [name for fields in GROUPS[kind].values() for name in fields]
    return [FieldKey(label_of(kind), key, name) for name in names]


def seen_of(kind: Kind, *keys: UUID) -> str:
    """Return a mark of all that can be chosen of some records."""
    return seen_digest(each for key in keys for each in fields_of(kind, key))


def merge(*, wanted: Merge, actor: Actor, on: date, at: datetime) -> UUID:
    """Put two records together as one act that can be undone; return the act.

    Services, places, numbers, hours, contacts with their consents and what else is carried follow
    to the record that stays. What is chosen there carries the steward's word of that day, so that
    its list does not take it back by saying the same again. The other's id stands for it in later
    imports. The strictest word on who may see a place holds.

    Raises:
        MergeRefused: `record-gone`; `changed-meanwhile`: somebody changed one of them since the
            steward looked; `not-to-be-chosen`: a side that a group of fields has not;
            `other-visibility`: not everybody who may see one may see the other, or one of two
            services is not listed; `one-record`.
    """
    with transaction.atomic():
        _check(wanted)
        act_id = begin_act(kind=ActKind.MERGE, at=at, actor=actor)
        record = Recorder(act_id)
        word = Confirmation(ConfirmedBy.NETWORK, on, role=actor.role)
        _Merging(wanted, at, record, word).do()
        record.flush()
        finish_act(act_id, counts={"records": 1})
    return act_id


def link_locations(
    *, pairs: Iterable[tuple[UUID, UUID]], actor: Actor, at: datetime
) -> UUID | None:
    """Put locations together that are one without anybody looking, as one act; None for none.

    Of each pair the first stays as it is. A pair is left out where one is gone, where they are
    not alike enough by now (`may_link`), where not the same people may see both, where the second
    has anything of its own to choose from (numbers, hours, texts), or where one service is at
    both. Nobody's word is put on anything.
    """
    with transaction.atomic():
        act_id = begin_act(kind=ActKind.MERGE, at=at, actor=actor)
        record = Recorder(act_id)
        done = 0
        for stays, goes in pairs:
            wanted = Merge(Kind.LOCATION, stays, goes)
            if not _may_link(wanted) or _has_own_words(goes) or _share_a_service(stays, goes):
                continue
            _Merging(wanted, at, record, None).do()
            record.flush()
            done += 1
        if not done:
            transaction.set_rollback(True)
            return None
        finish_act(act_id, counts={"records": done})
    return act_id


def _may_link(wanted: Merge) -> bool:
    """Say whether two locations are still as alike as when the pair was found."""
    try:
        one, other = _check(wanted)
    except MergeRefused:
        return False
    return may_link(one, other)


def _has_own_words(key: UUID) -> bool:
    now = values_of([FieldKey(label_of(Kind.LOCATION), key, name) for name in (*OWN_WORDS, TEXTS)])
    return any(now.values())


def _share_a_service(one: UUID, other: UUID) -> bool:
    places = ServiceAtLocation.objects.filter(location__in=(one, other))
    services = list(places.values_list("service_id", flat=True))
    return len(services) > len(set(services))


OWN_WORDS = (
    *("phones", "schedules", "attributes", "records"),
    *("landmark", "transportation", "languages", "hours_text"),
)


def _check(wanted: Merge) -> list[Profile]:
    """Return what is compared of both, which nobody else merges or removes until this is done."""
    keys = (wanted.stays, wanted.goes)
    rows = MODELS[wanted.kind]._default_manager.select_for_update(of=("self",)).order_by("pk")
    there = set(rows.filter(pk__in=keys).values_list("pk", flat=True))
    if wanted.stays == wanted.goes:
        raise MergeRefused("one-record", _("These are one record already."))
    profiles = list(profiles_of(wanted.kind, there))
    if len(profiles) < len(keys):
        raise MergeRefused("record-gone", _("One of the two is no longer there."))
    if len({profile.level for profile in profiles}) > 1 or _is_one_unlisted(wanted):
        sentence = _("Not everybody who may see one of them may see the other.")
        raise MergeRefused("other-visibility", sentence)
    if any(side not in sides_for(group) for group, side in wanted.sides.items()):
        raise MergeRefused("not-to-be-chosen", _("Choose again what stays."))
    if wanted.seen and wanted.seen != seen_of(wanted.kind, *keys):
        sentence = _("Somebody changed one of them while you were looking. Look at both again.")
        raise MergeRefused("changed-meanwhile", sentence)
    return profiles


def _is_one_unlisted(wanted: Merge) -> bool:
    """Say whether one of two services is on no public page and the other is."""
    if wanted.kind is not Kind.SERVICE:
        return False
    rows = Service.objects.filter(pk__in=(wanted.stays, wanted.goes))
    return len({status in UNLISTED for status in rows.values_list("status", flat=True)}) > 1


@dataclass(slots=True)
class _Merging:
    """One merge on its way; without a word nothing of the record that stays changes."""

    wanted: Merge
    at: datetime
    record: Recorder
    word: Confirmation | None

    def do(self) -> None:
        """Move what hangs on the record that goes, remove it, and leave its alias."""
        kind, goes, stays = self.wanted.kind, self.wanted.goes, self.wanted.stays
        if self.word is not None:
            self._choose()
        self._move_children()
        remove_records(MODELS[kind], [goes], self.record)
        add_aliases(label_of(kind), {goes: stays}, at=self.at, record=self.record)

    def _choose(self) -> None:
        kind, stays, goes = self.wanted.kind, self.wanted.stays, self.wanted.goes
        now = values_of([*fields_of(kind, stays), *fields_of(kind, goes)])
        ours = {key.field: value for key, value in now.items() if key.object_id == stays}
        theirs = {key.field: value for key, value in now.items() if key.object_id == goes}
        choice = _Choice(kind, stays, goes)
        for group, names in GROUPS[kind].items():
            one = {name: ours[name] for name in names}
            other = {name: theirs[name] for name in names}
            side = self.wanted.sides.get(group) or proposed_side(group, one, other)
            choice.take(one, other, side)
        if kind is Kind.LOCATION:
            words = [FieldKey(label_of(kind), key, "visibility") for key in (stays, goes)]
            said = values_of(words)
            ours["visibility"] = said[words[0]]
            choice.ours["visibility"] = strictest(map(Visibility, said.values())).value
        self._set(choice, ours)

    def _set(self, choice: "_Choice", ours: Mapping[str, Any]) -> None:
        label, stays = label_of(self.wanted.kind), self.wanted.stays
        differing = {name: value for name, value in choice.ours.items() if ours[name] != value}
        values = {FieldKey(label, stays, name): value for name, value in differing.items()}
        for name, rows in choice.theirs.items():
            values[FieldKey(label, self.wanted.goes, name)] = rows
        values |= _texts(label, stays, self.wanted.goes, differing.keys() & choice.foreign)
        values |= spoken(label, stays, dict.fromkeys(differing, ours), self.word)
        set_values(values, at=self.at, record=self.record)

    def _move_children(self) -> None:
        """Let everything that named the record that goes name the one that stays."""
        model, name = CHILDREN[self.wanted.kind]
        label = model._meta.label_lower
        rows = model._default_manager.filter(**{name: self.wanted.goes})
        ids = set(rows.values_list("pk", flat=True))
        folded = self._folded(ids) if model is ServiceAtLocation else {}
        moved = ids - folded.keys()
        values = {FieldKey(label, key, name): str(self.wanted.stays) for key in moved}
        set_values(values, at=self.at, record=self.record)
        for gone, kept in folded.items():
            self._fold(gone, kept)
        if self.wanted.kind is Kind.SERVICE and moved:
            # The list of the service that stays does not have them and must not take them away.
            add_aliases(PLACE_LABEL, {key: key for key in moved}, at=self.at, record=self.record)

    def _folded(self, ids: set[UUID]) -> dict[UUID, UUID]:
        """Return the places that are one now: of one service at one location."""
        other = "service_id" if self.wanted.kind is Kind.LOCATION else "location_id"
        _model, name = CHILDREN[self.wanted.kind]
        kept = ServiceAtLocation.objects.filter(**{name: self.wanted.stays})
        there = dict(kept.order_by("-pk").values_list(other, "pk"))
        gone = ServiceAtLocation.objects.filter(pk__in=ids).values_list("pk", other)
        return {key: there[shared] for key, shared in gone if shared in there}

    def _fold(self, gone: UUID, kept: UUID) -> None:
        """Put a place of one service at one location into the other one."""
        names = ("visibility", "description", "hours_text", "phones", "schedules", "records")
        now = values_of(FieldKey(PLACE_LABEL, key, name) for key in (gone, kept) for name in names)
        ours = {name: now[FieldKey(PLACE_LABEL, kept, name)] for name in names}
        theirs = {name: now[FieldKey(PLACE_LABEL, gone, name)] for name in names}
        choice = _Choice(None, kept, gone)
        for group in (("description",), ("hours_text", "schedules"), ("phones",), ("records",)):
            one = {name: ours[name] for name in group}
            other = {name: theirs[name] for name in group}
            choice.take(one, other, proposed_side(group[0], one, other))
        words = [Visibility(ours["visibility"]), Visibility(theirs["visibility"])]
        choice.ours["visibility"] = strictest(words).value
        differing = {name: v for name, v in choice.ours.items() if ours[name] != v}
        values = {FieldKey(PLACE_LABEL, kept, name): v for name, v in differing.items()}
        for name, rows in choice.theirs.items():
            values[FieldKey(PLACE_LABEL, gone, name)] = rows
        values |= _texts(PLACE_LABEL, kept, gone, differing.keys() & choice.foreign)
        values |= spoken(PLACE_LABEL, kept, dict.fromkeys(differing, ours), self.word)
        set_values(values, at=self.at, record=self.record)
        remove_records(ServiceAtLocation, [gone], self.record)
        add_aliases(PLACE_LABEL, {gone: kept}, at=self.at, record=self.record)


def _texts(label: str, stays: UUID, goes: UUID, names: set[str]) -> dict[FieldKey, Any]:
    """Return the texts of the record that stays, foreign fields with their Spanish."""
    mine, other = FieldKey(label, stays, TEXTS), FieldKey(label, goes, TEXTS)
    held = values_of([mine, other])
    kept = [text for text in held[mine] if text["field"] not in names]
    taken = [text | {"id": str(uuid4())} for text in held[other] if text["field"] in names]
    said = sorted([*kept, *taken], key=lambda text: (text["field"], text["language"]))
    return {mine: said} if said != held[mine] else {}


@dataclass(slots=True)
class _Choice:
    """What the two records hold once the fields are chosen.

    Attributes:
        ours: field of the record that stays -> value.
        theirs: list of the record that goes -> the rows that are left to it.
        foreign: fields whose words are the other's.
    """

    kind: Kind | None
    stays: UUID
    goes: UUID
    ours: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)

    def take(self, one: Mapping[str, Any], other: Mapping[str, Any], side: Side) -> None:
        """Take one group of fields from the side that was chosen."""
        for name in one:
            if side is Side.BOTH and name in JOINED:
                self._both(name, one[name], other[name])
            elif side is Side.GOES:
                self._theirs(name, one[name], other[name])

    def _both(self, name: str, ours: list[Any], theirs: list[Any]) -> None:
        rows, left = joined_rows(name, ours, theirs)
        self.ours[name] = _sorted(map(self._ours_now, rows))
        self.theirs[name] = left

    def _theirs(self, name: str, ours: Any, theirs: Any) -> None:
        self.foreign.add(name)
        if name in MOVED:
            self.ours[name] = _sorted(map(self._ours_now, theirs))
            self.theirs[name] = []
        elif name == "address":
            # One address a location: the row of ours says what theirs says.
            key = ours[0]["id"] if ours else str(uuid4())
            self.ours[name] = [self._ours_now(row) | {"id": key} for row in theirs]
        else:
            self.ours[name] = theirs

    def _ours_now(self, row: Mapping[str, Any]) -> dict[str, Any]:
        goes, stays = str(self.goes), str(self.stays)
        owners = set(OWNER_KEYS.values())
        return {k: stays if k in owners and v == goes else v for k, v in row.items()}


def _sorted(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["id"]))


def spoken(
    label: str,
    key: UUID,
    fields: Mapping[str, Mapping[str, Any]],
    word: Confirmation | None,
) -> dict[FieldKey, Any]:
    """Return the provenance of a record with a steward's word on some fields.

    Args:
        label: what acts call the record.
        key: its id.
        fields: each field -> what the record held before.
        word: the steward's; without one nothing is said.
    """
    owner = FieldKey(label, key, PROVENANCE)
    if word is None or not fields:
        return {}
    stored = provenance_from(values_of([owner])[owner])
    digests = {name: said_digest(_said(name, held)) for name, held in fields.items()}
    return {owner: stored.confirmed(word, digests).to_json()}


def _said(name: str, held: Mapping[str, Any]) -> Any:
    return said_of_field(name, held[name], held.get(SENTENCES.get(name, ""), ""))
