"""Tables whose rows belong to one member, or are shared by two: base models and their manager."""

import functools
import operator
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q

from tejido.foundation.scope import (
    AppendOnly,
    Kind,
    OtherMember,
    Scope,
    ScopeMissing,
    current_scope,
)

Row = TypeVar("Row", bound="Owned")


class ScopedRows(models.QuerySet[Row]):
    """Rows of one scope; refuses to run when that scope is no longer the current one."""

    scope: Scope | None = None

    def _check_scope(self) -> None:
        if self.scope is None or current_scope() != self.scope:
            raise ScopeMissing(self.model._meta.label)

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]
        copy.scope = self.scope
        return copy

    def _merge_sanity_check(self, other: models.QuerySet[Any]) -> None:
        _check_same_scope(self, other)
        super()._merge_sanity_check(other)  # type: ignore[misc]

    def _combinator_query(self, combinator: str, *others: Any, **more: Any) -> Self:
        for other in others:
            _check_same_scope(self, other)
        combined: Self = super()._combinator_query(combinator, *others, **more)  # type: ignore[misc]
        return combined

    def _fetch_all(self) -> None:
        self._check_scope()
        super()._fetch_all()

    def _iterator(self, use_chunked_fetch: bool, chunk_size: int | None) -> Iterator[Row]:  # noqa: FBT001
        self._check_scope()
        for row in super()._iterator(use_chunked_fetch, chunk_size):  # type: ignore[misc]
            self._check_scope()
            yield row

    def aiterator(self, chunk_size: int = 2000) -> NoReturn:
        """Refuse: nothing here runs asynchronously, and nothing would check the scope."""
        raise ScopeMissing(self.model._meta.label)

    def raw(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: raw SQL knows no scope."""
        raise ScopeMissing(self.model._meta.label)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Compute over the rows of the scope."""
        self._check_scope()
        return super().aggregate(*args, **kwargs)

    def count(self) -> int:
        """Count the rows of the scope."""
        self._check_scope()
        return super().count()

    def exists(self) -> bool:
        """Return whether the scope has such a row."""
        self._check_scope()
        return super().exists()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """Explain the query, within the scope."""
        self._check_scope()
        return super().explain(*args, **kwargs)

    def update(self, **changes: Any) -> int:
        """Change rows of the member, never whose they are."""
        self._check_scope()
        self.model.check_changes(changes)
        return super().update(**changes)

    def _update(self, values: Any) -> int:
        self._check_scope()
        self.model.check_may_change()
        return int(super()._update(values))  # type: ignore[misc]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of the member."""
        self._check_scope()
        self.model.check_may_change()
        return super().delete()

    def _raw_delete(self, using: str | None) -> int:
        self._check_scope()
        self.model.check_may_change()
        # Django answers None where it knows beforehand that no row is meant.
        return int(super()._raw_delete(using) or 0)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Add rows of the member."""
        rows = list(objs)
        self.model.check_rows(rows)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> int:
        """Change rows of the member; not what they hang on, which is checked row by row."""
        rows = list(objs)
        self.model.check_rows(rows)
        return super().bulk_update(rows, *args, **kwargs)


def _check_same_scope(rows: ScopedRows[Any], other: models.QuerySet[Any]) -> None:
    if getattr(other, "scope", rows.scope) != rows.scope:
        raise ScopeMissing(rows.model._meta.label)


class ScopedManager(models.Manager.from_queryset(ScopedRows)):  # type: ignore[misc]
    """The only manager of an owned table: its rows, within the current scope."""

    def get_queryset(self) -> ScopedRows[Any]:
        """Return the rows of the current scope.

        Raises:
            ScopeMissing: no scope, or one in which this table is not readable.
        """
        scope = current_scope()
        rows: ScopedRows[Any] = super().get_queryset()
        rows.scope = scope
        return rows.filter(self.model.within(scope))


class Owned(models.Model):
    """A row that belongs to members: what `MemberOwned` and `SharedByTwo` have in common.

    Attributes:
        owner_fields: the keys to the members that it belongs to; they never change.
        readable_by_network: may be read in the network scope.
        person_field: key to the person that it is about, who may read it in their own scope.
        append_only: rows are added and never changed.
    """

    owner_fields: ClassVar[tuple[str, ...]] = ()
    readable_by_network: ClassVar[bool] = False
    person_field: ClassVar[str | None] = None
    append_only: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects: ClassVar[ScopedManager] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def within(cls, scope: Scope | None) -> Q:
        """Return the condition that keeps a scope's rows.

        Raises:
            ScopeMissing: this table is not readable in the scope.
        """
        if scope is not None and scope.kind is Kind.MEMBER:
            owners = (Q(**{f"{field}_id": scope.id}) for field in cls.owner_fields)
            return functools.reduce(operator.or_, owners)
        if scope is not None and scope.kind is Kind.NETWORK and cls.readable_by_network:
            return Q()
        if scope is not None and scope.kind is Kind.PERSON and cls.person_field:
            return Q(**{f"{cls.person_field}_id": scope.id})
        raise ScopeMissing(cls._meta.label)

    @classmethod
    def parents(cls) -> "list[models.ForeignKey[Any, Any]]":
        """Return the keys to rows that must belong to the same member."""
        return []

    @classmethod
    def check_rows(cls, rows: Collection[Self]) -> None:
        """Check that rows may be written in the current scope.

        Raises:
            ScopeMissing: not in a member scope.
            OtherMember: a row, or what it hangs on, belongs to another member.
        """
        member_id = cls._writing_member()
        for row in rows:
            if member_id not in row.owners() or row.loaded_owners not in (None, row.owners()):
                raise OtherMember(cls._meta.label)
        for key in cls.parents():
            _check_parents(key, [row for row in rows if not _hangs_on(row, key, member_id)])

    @classmethod
    def check_changes(cls, changes: dict[str, Any]) -> None:
        """Check what `update` would change: owners never, parents only to this member's rows."""
        cls.check_may_change()
        owners = {name for field in cls.owner_fields for name in (field, f"{field}_id")}
        if owners & changes.keys():
            raise OtherMember(cls._meta.label)
        for key in cls.parents():
            for name in {key.name, key.attname} & changes.keys():
                value = changes[name]
                _check_ids(key, {value.pk if isinstance(value, models.Model) else value} - {None})

    @classmethod
    def check_may_change(cls) -> None:
        """Check that rows may be changed or deleted in the current scope.

        Raises:
            ScopeMissing: not in a member scope.
            AppendOnly: facts are added, never changed.
        """
        cls._writing_member()
        if cls.append_only:
            raise AppendOnly(cls._meta.label)

    @classmethod
    def _writing_member(cls) -> uuid.UUID:
        scope = current_scope()
        if scope is None or scope.kind is not Kind.MEMBER or scope.id is None:
            raise ScopeMissing(cls._meta.label)
        return scope.id

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember whose the row was, so that it cannot be handed to somebody else."""
        row = super().from_db(*args, **kwargs)
        if not row.get_deferred_fields() & {f"{field}_id" for field in cls.owner_fields}:
            row.loaded_owners = row.owners()
        return row

    loaded_owners: tuple[uuid.UUID, ...] | None = None

    def owners(self) -> tuple[uuid.UUID, ...]:
        """Return the ids of the members that the row belongs to."""
        return tuple(getattr(self, f"{field}_id") for field in self.owner_fields)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, if it is the member's to write."""
        if not self._state.adding:
            self.check_may_change()
        self.check_rows([self])
        super().save_base(*args, **kwargs)
        self.loaded_owners = self.owners()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, if it is the member's to delete."""
        self.check_may_change()
        self.check_rows([self])
        return super().delete(*args, **kwargs)


class MemberOwned(Owned):
    """A row of one member."""

    owner_fields = ("member",)

    member = models.ForeignKey("network.Member", models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        abstract = True

    @classmethod
    def parents(cls) -> "list[models.ForeignKey[Any, Any]]":
        """Return the keys to rows that belong to a member too."""
        return [
            field
            for field in cls._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and issubclass(_target(field), MemberOwned)
        ]


class SharedByTwo(Owned):
    """A record of two members, such as a referral: either reaches it in its own scope."""

    owner_fields = ("from_member", "to_member")

    from_member = models.ForeignKey("network.Member", models.PROTECT, related_name="+")
    to_member = models.ForeignKey("network.Member", models.PROTECT, related_name="+")

    class Meta(Owned.Meta):
        abstract = True


def _target(key: "models.ForeignKey[Any, Any]") -> type[models.Model]:
    target = key.related_model
    assert isinstance(target, type)  # noqa: S101  (a string only while the apps load)
    return target


def _hangs_on(row: Owned, key: "models.ForeignKey[Any, Any]", member_id: uuid.UUID) -> bool:
    """Return whether the parent is at hand and known to be the member's, so nobody need ask."""
    parent = getattr(row, key.name) if key.is_cached(row) else None
    return parent is not None and member_id in parent.owners() and not parent._state.adding


def _check_parents(key: "models.ForeignKey[Any, Any]", rows: list[Any]) -> None:
    _check_ids(key, {getattr(row, key.attname) for row in rows} - {None})


def _check_ids(key: "models.ForeignKey[Any, Any]", ids: set[Any]) -> None:
    """Refuse parents that the current scope does not reach. One query, or none."""
    if any(not isinstance(each, uuid.UUID | str) for each in ids):
        raise OtherMember(key.model._meta.label)
    if ids and _target(key)._default_manager.filter(pk__in=ids).count() < len(ids):
        raise OtherMember(key.model._meta.label)
