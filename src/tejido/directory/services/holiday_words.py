"""The holidays for which places close, in the reader's language."""

from django.utils.translation import gettext, gettext_noop

HOLIDAYS = frozenset(
    {
        gettext_noop("New Year's Day"),
        gettext_noop("Martin Luther King Jr. Day"),
        gettext_noop("Presidents' Day"),
        gettext_noop("Cesar Chavez Day"),
        gettext_noop("Memorial Day"),
        gettext_noop("Juneteenth"),
        gettext_noop("Independence Day"),
        gettext_noop("Labor Day"),
        gettext_noop("Veterans Day"),
        gettext_noop("Thanksgiving"),
        gettext_noop("Christmas Eve"),
        gettext_noop("Christmas"),
        gettext_noop("New Year's Eve"),
    }
)


def reason_words(reason: str) -> str:
    """Return a common holiday in the reader's language, and any other reason as it was stated."""
    return gettext(reason) if reason in HOLIDAYS else reason


def stated_reason(words: str) -> str:
    """Return a holiday as it is stored, from the words of `reason_words`; others as they are."""
    return next((holiday for holiday in HOLIDAYS if gettext(holiday) == words), words)
