"""What the search API takes and gives, as its OpenAPI description shows it."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

LONGEST_TEXT = 200
EARLIEST, LATEST = "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime.fromisoformat(EARLIEST), le=datetime.fromisoformat(LATEST)),
]


class SearchIn(Schema):
    """A search. Everything may be left out; nothing of it is stored."""

    q: str = Field(
        "",
        max_length=LONGEST_TEXT,
        description="Words in English or Spanish. May name the place: `methadone 94606`.",
    )
    need: str = Field("", max_length=64, description="Id of a need, such as `naloxone`.")
    near: str = Field(
        "",
        max_length=LONGEST_TEXT,
        description="A ZIP code, town or county in California. What lies in a county comes first.",
    )
    lat: Latitude | None = Field(None, description="Latitude in degrees, with `lon`.")
    lon: Longitude | None = Field(None, description="Longitude in degrees, with `lat`.")
    at: Instant | None = Field(
        None,
        description="Instant with its zone, such as `2026-11-20T18:00:00Z`. Now by default. Long "
        "before the list was made, and 35 days after it, `open` is unknown everywhere.",
    )
    language: Literal["en", "es"] = Field("en", description="Language of names and sentences.")
    limit: int = Field(20, ge=1, le=50, description="At most so many results.")


class ResultOut(Schema):
    """One place, or one service by mail or phone."""

    id: str
    name: str
    distance_m: int | None = Field(description="Metres over ground; null without a known place.")
    open: Literal["open", "closed", "unknown"] = Field(
        description="At `at`. Unknown means: call first. It never means closed."
    )
    closes_at: datetime | None
    opens_at: datetime | None
    confirmed_on: date | None = Field(description="When somebody last said that this is right.")
    why: list[str] = Field(
        description="`need:ID`, `words:WORD`, `instead:ID`, `corrected:A:B`, `core`, `mail`, "
        "`phone`; `lower:WHAT` for each thing that puts it lower, such as `lower:closed`."
    )


class PlaceOut(Schema):
    """The point that distances are measured from."""

    label: str
    latitude: float
    longitude: float
    approximate: bool = Field(description="True where the point may be miles off.")


class UnderstoodOut(Schema):
    """What the search made of the question."""

    words: str = Field(description="What was searched, without the place.")
    needs: list[str]
    corrected: dict[str, str] = Field(description="Typed word: word searched instead.")
    place: PlaceOut | None
    place_unclear: str = Field(description="A place in `q` that could not be told, or ''.")


URGENT = (
    "Numbers to show before any place, the most urgent first: 911 where the words tell of an "
    "overdose, 988 of a crisis, SafeSpot of using alone, the hotline for violence at home; often "
    "empty."
)


class SearchRefusalOut(Schema):
    """Why there is no answer, and what cannot wait for one."""

    parameter: str = Field(description="Name of the parameter to change, or ''.")
    sentence: str
    urgent: list[str] = Field(description=URGENT)


class SearchOut(Schema):
    """The answer, best first."""

    results: list[ResultOut]
    total: int = Field(description="How many match in the whole list, near or far.")
    near: int | None = Field(
        description="How many lie within 25 miles, or in the county asked for, as the page counts "
        "them: without what comes by mail or phone. Null without a place."
    )
    urgent: list[str] = Field(description=URGENT)
    understood: UnderstoodOut
    built_at: datetime = Field(description="When the list was made.")
    is_invented: bool = Field(description="True on a demonstration: these places do not exist.")
