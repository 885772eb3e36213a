"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held

HELD = [
    Held(
        what=_("The map"),
        holds=_("Counties, towns, ZIP codes and census areas, from public sources."),
        about=About.NOBODY,
        why=_("To find what is near."),
        kept=_("For as long as this network runs."),
        models=(
            "geography.County",
            "geography.ZipPoint",
            "geography.Town",
            "geography.Tract",
            "geography.CountyOutline",
        ),
        codes=(
            "County.fips",
            "County.name",
            "ZipPoint.code",
            "ZipPoint.town",
            "Town.key",
            "Town.name",
            "Tract.geoid",
            "CountyOutline.polygons",
        ),
    ),
    Held(
        what=_("Landmarks"),
        holds=_("Names of parks, stations and corners, and which worker added or changed them."),
        about=About.PLACES,
        why=_("So that people can say where they are in their own words."),
        kept=_("For as long as this network runs."),
        models=("geography.Landmark", "geography.LandmarkVersion"),
        words=(
            "Landmark.name",
            "Landmark.spanish_name",
            "Landmark.other_names",
            "Landmark.town",
            "LandmarkVersion.name",
            "LandmarkVersion.spanish_name",
            "LandmarkVersion.other_names",
            "LandmarkVersion.town",
        ),
        codes=("Landmark.identity",),
    ),
]
