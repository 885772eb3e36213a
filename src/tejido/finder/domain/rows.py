"""A listing as one compact row of the snapshot, and back."""

import json
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from tejido.directory.domain.public import (
    VERSION,
    PublicContact,
    PublicListing,
    PublicPhone,
    PublicPoint,
    PublicText,
)
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import ConfirmedBy, Fact, Mode, Precision, Tier

# Of rows and tables together. A reader leaves a snapshot of another format alone, so raise it
# with every change of either; a test holds this number to the layout.
FORMAT = f"{VERSION}.10"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DECODE = json.JSONDecoder().raw_decode
Word = TypeVar("Word", bound=StrEnum)


def _by_text(words: type[Word]) -> dict[str, Word]:
    """Return each word by its text: looked up faster than `Enum` is, and an answer has many."""
    return {each.value: each for each in words}


_TIERS, _MODES, _PRECISIONS = _by_text(Tier), _by_text(Mode), _by_text(Precision)
_FACTS, _CONFIRMED_BY = _by_text(Fact), _by_text(ConfirmedBy)


def row_of(listing: PublicListing) -> str:
    """Return the listing as JSON, the same for the same listing.

    Who confirmed which field is left out: no page of the finder says it.
    """
    point = listing.point
    return _ENCODE(
        [
            listing.version,
            listing.id.hex,
            listing.service_id.hex,
            listing.organization,
            listing.tier,
            listing.mode,
            [
                [t.language, t.name, t.description, t.before_you_go, t.landmark, dict(t.states)]
                + ([dict(t.rest)] if t.rest else [])
                for t in listing.texts
            ],
            listing.needs,
            listing.keywords,
            point and [point.latitude, point.longitude, point.precision],
            listing.address_lines,
            listing.city,
            listing.postal_code,
            listing.reach,
            _phone_cells(listing.phones),
            listing.url,
            listing.languages,
            dict(listing.facts),
            _schedule_row(listing.rules, listing.exceptions),
            listing.timezone,
            listing.hours_known,
            listing.hours_text,
            listing.temporarily_closed,
            _day_text(listing.confirmed_on),
            listing.confirmed_by,
            listing.hours_hold_days,
            listing.source,
            listing.is_invented,
            [[c.name, c.title, *_phone_cells(c.phones)] for c in listing.contacts],
        ]
    )


def listing_of(row: str) -> PublicListing:
    """Return the listing of a row that `row_of` made."""
    cells, _end = _DECODE(row)
    (version, own, service, organization, tier, mode, texts, needs, keywords, point) = cells[:10]
    (lines, city, postal_code, reach, phones, url, languages, facts, schedule) = cells[10:19]
    (zone, known, hours_text, closed, on, by, hold, source, is_invented, contacts) = cells[19:]
    rules, exceptions = _schedule(schedule)
    return PublicListing(
        version=version,
        id=UUID(int=int(own, 16)),
        service_id=UUID(int=int(service, 16)),
        organization=organization,
        tier=_TIERS[tier],
        mode=_MODES[mode],
        texts=tuple(map(_text, texts)),
        needs=tuple(needs),
        keywords=tuple(keywords),
        point=PublicPoint(point[0], point[1], _PRECISIONS[point[2]]) if point else None,
        address_lines=tuple(lines),
        city=city,
        postal_code=postal_code,
        reach=tuple(reach),
        phones=tuple(PublicPhone(*phone) for phone in phones),
        url=url,
        languages=tuple(languages),
        facts={_FACTS[name]: value for name, value in facts.items()},
        rules=rules,
        exceptions=exceptions,
        timezone=zone,
        hours_known=known,
        hours_text=hours_text,
        temporarily_closed=closed,
        confirmed_on=_day(on),
        confirmed_by=_CONFIRMED_BY[by] if by else None,
        hours_hold_days=hold,
        source=source,
        is_invented=is_invented,
        contacts=tuple(map(_contact, contacts)),
    )


def _text(cells: list[Any]) -> PublicText:
    language, name, description, before_you_go, landmark, states, *more = cells
    text = PublicText(language, name, description, before_you_go, landmark, states)
    if not more:
        return text
    return replace(text, rest={field: (code, said) for field, (code, said) in more[0].items()})


def _phone_cells(phones: tuple[PublicPhone, ...]) -> list[list[str]]:
    return [[p.number, p.extension, p.kind, p.description] for p in phones]


def _contact(cells: list[Any]) -> PublicContact:
    name, title, *phones = cells
    return PublicContact(name, title, tuple(PublicPhone(*phone) for phone in phones))


# Many listings keep the same hours: write and read each schedule once.
@lru_cache(maxsize=8_192)
def _schedule_row(rules: tuple[Rule, ...], exceptions: tuple[DatedException, ...]) -> str:
    return json.dumps([[*map(_rule_row, rules)], [*map(_exception_row, exceptions)]])


@lru_cache(maxsize=8_192)
def _schedule(row: str) -> tuple[tuple[Rule, ...], tuple[DatedException, ...]]:
    rules, exceptions = json.loads(row)
    return tuple(map(_rule, rules)), tuple(map(_exception, exceptions))


def _rule_row(rule: Rule) -> list[Any]:
    return [
        rule.freq,
        rule.byday,
        rule.opens_at.isoformat(),
        rule.closes_at.isoformat(),
        rule.interval,
        rule.bymonthday,
        *map(_day_text, (rule.dtstart, rule.valid_from, rule.valid_to)),
    ]


def _rule(row: list[Any]) -> Rule:
    freq, byday, opens, closes, interval, bymonthday, *days = row
    start, valid_from, valid_to = map(_day, days)
    return Rule(
        freq=freq,
        byday=tuple(byday),
        opens_at=time.fromisoformat(opens),
        closes_at=time.fromisoformat(closes),
        interval=interval,
        bymonthday=tuple(bymonthday),
        dtstart=start,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _exception_row(each: DatedException) -> list[Any]:
    opens = each.opens_at and each.opens_at.isoformat()
    closes = each.closes_at and each.closes_at.isoformat()
    return [each.first.isoformat(), each.last.isoformat(), opens, closes, each.reason]


def _exception(row: list[Any]) -> DatedException:
    first, last, opens, closes, reason = row
    return DatedException(
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        opens_at=time.fromisoformat(opens) if opens else None,
        closes_at=time.fromisoformat(closes) if closes else None,
        reason=reason,
    )


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
