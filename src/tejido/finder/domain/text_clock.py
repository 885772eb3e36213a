"""Days and hours in the fewest letters: `5pm`, `Sat 9:30am`, `sab 28 nov 9am`."""

from datetime import datetime

from tejido.ui.domain.wording import day_words, weekday_words

_A_WEEK = 7


def hour_words(moment: datetime) -> str:
    """Return the time of day: `5pm`, `5:30pm`, the same in both languages."""
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'pm' if moment.hour >= 12 else 'am'}"


def moment_words(moment: datetime, *, seen_from: datetime, language: str) -> str:
    """Return an instant at its own clock: the hour today, else with its day."""
    ahead = (moment.date() - seen_from.astimezone(moment.tzinfo).date()).days
    if ahead == 0:
        return hour_words(moment)
    return f"{day_name(moment, language=language, is_near=0 < ahead < _A_WEEK)} " + hour_words(
        moment
    )


def day_name(moment: datetime, *, language: str, is_near: bool) -> str:
    """Return `Sat`, or `Sat Nov 28` where another Saturday could be meant."""
    weekday = weekday_words(moment.weekday(), language=language)[:3]
    if is_near:
        return weekday
    dated = day_words(moment.date(), language=language, form="short")
    return f"{weekday} {dated[:-4].strip(' ,')}"
