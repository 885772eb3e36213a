"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.suggestions import KEPT_DAYS, WAITS_DAYS
from tejido.directory.services import forgetting
from tejido.foundation.what_is_held import About, Held, Rule

RULES = [
    Rule(
        name="suggestions-answered",
        what=_("Words about a place that somebody dealt with"),
        since=_("after somebody dealt with them"),
        days=KEPT_DAYS,
        remove=forgetting.forget_answered,
    ),
    Rule(
        name="suggestions-waiting",
        what=_("Words about a place that nobody dealt with"),
        since=_("after they came"),
        days=WAITS_DAYS,
        remove=forgetting.forget_waiting,
    ),
    Rule(
        name="unmet-counts",
        what=_("Counts of searches that found nothing near"),
        since=_("after the end of their year"),
        days=3 * 365,
        remove=forgetting.forget_unmet,
        shortest=365,
    ),
    Rule(
        name="confirm-links",
        what=_("Links by which programs confirm"),
        since=_("after the last day of the link"),
        days=180,
        remove=forgetting.forget_links,
    ),
    Rule(
        name="link-addresses",
        what=_("Addresses to which programs want their links"),
        since=_("after the last letter, or after they were written down"),
        days=2 * 365,
        remove=forgetting.forget_link_addresses,
        shortest=90,
    ),
    Rule(
        name="import-uploads",
        what=_("Files that were brought and never read in"),
        since=_("after they were brought"),
        days=30,
        remove=forgetting.drop_waiting_uploads,
    ),
    Rule(
        name="import-runs",
        what=_("Who brought which file"),
        since=_("after it was brought"),
        days=365,
        remove=forgetting.forget_runs,
    ),
    Rule(
        name="import-reports",
        what=_("Tables of what could not be read in a file"),
        since=_("after the file was read"),
        days=365,
        remove=forgetting.drop_reports_of_imports,
    ),
    Rule(
        name="feed-checks",
        what=_("What a check of a list found"),
        since=_("after the check"),
        days=1,
        remove=forgetting.drop_checks,
    ),
]
HELD = [
    Held(
        what=_("“Something is wrong” with a place"),
        holds=_(
            "The words that somebody sent about a place, and the day. Nothing about who sent them."
        ),
        about=About.SEEKERS,
        why=_("So that we can put the list right."),
        kept=_("What a program said of itself waits until we deal with it."),
        models=("directory.Suggestion",),
        rules=("suggestions-answered", "suggestions-waiting"),
        words=("Suggestion.note", "Suggestion.instead"),
        codes=("Suggestion.language", "Suggestion.role"),
    ),
    Held(
        what=_("Searches that found nothing near"),
        holds=_(
            "How many searches for one kind of help found nothing, in one county on one "
            "day. No words, no town, no hour."
        ),
        about=About.SEEKERS,
        why=_("So that programs learn what is missing."),
        models=("directory.UnmetNeed",),
        rules=("unmet-counts",),
        codes=("UnmetNeed.concept", "UnmetNeed.county_fips"),
    ),
    Held(
        what=_("Places and services"),
        holds=_(
            "What programs and public lists say: names, addresses, hours, phones, what they offer."
        ),
        about=About.PLACES,
        why=_("So that people find help."),
        kept=_("For as long as this network runs. What is no longer true is marked, not shown."),
        models=(
            "directory.Source",
            "directory.Organization",
            "directory.Service",
            "directory.Location",
            "directory.Address",
            "directory.ServiceAtLocation",
            "directory.Phone",
            "directory.Schedule",
            "directory.Attribute",
            "directory.LastConfirmed",
        ),
        words=(
            "Source.name",
            "Source.url",
            "Source.licence",
            "Organization.name",
            "Organization.description",
            "Organization.website",
            "Organization.extra",
            "Organization.own_words",
            "Service.name",
            "Service.description",
            "Service.url",
            "Service.email",
            "Service.before_you_go",
            "Service.hours_text",
            "Service.extra",
            "Service.own_words",
            "Location.name",
            "Location.landmark",
            "Location.transportation",
            "Location.hours_text",
            "Location.extra",
            "Location.own_words",
            "Address.address_1",
            "Address.address_2",
            "Address.city",
            "Address.state_province",
            "Address.postal_code",
            "ServiceAtLocation.description",
            "ServiceAtLocation.hours_text",
            "ServiceAtLocation.extra",
            "ServiceAtLocation.own_words",
            "Phone.number",
            "Phone.extension",
            "Phone.description",
            "Phone.type",
            "Schedule.description",
            "Attribute.term",
        ),
        codes=(
            "Source.key",
            "Organization.provenance",
            "Service.provenance",
            "Service.languages",
            "Service.reach",
            "Service.source_digest",
            "Location.provenance",
            "Location.languages",
            "Location.timezone",
            "Address.county_fips",
            "ServiceAtLocation.provenance",
            "Phone.languages",
            "Schedule.byday",
            "Schedule.bymonthday",
            "Attribute.label",
            "Attribute.value",
            "Service.status",
            "Service.tier",
            "Service.mode",
            "Location.precision",
            "Location.visibility",
            "ServiceAtLocation.visibility",
            "Schedule.freq",
        ),
    ),
    Held(
        what=_("Contacts that programs name"),
        holds=_(
            "Names, titles and work numbers that a list or a program gave us, and who "
            "agreed to be shown."
        ),
        about=About.WORKERS,
        why=_("So that programs can be called. Only who agreed is shown."),
        kept=_(
            "For as long as the list names them. That somebody agreed, or no longer does, stays."
        ),
        models=("directory.Record", "directory.ContactConsent"),
        words=("Record.fields",),
        codes=("Record.kind", "ContactConsent.mark", "ContactConsent.role"),
    ),
    Held(
        what=_("The history of the list"),
        holds=_("Which worker changed what about a place, when, and what stood there before."),
        about=About.WORKERS,
        why=_("So that a mistake can be found and undone."),
        kept=_("For as long as this network runs."),
        models=(
            "directory.Act",
            "directory.Change",
            "directory.Finding",
            "directory.ProposedChange",
            "directory.ProposedField",
            "directory.DuplicatePair",
            "directory.Alias",
        ),
        words=(
            "Act.file_name",
            "Change.before",
            "Change.after",
            "Finding.name",
            "Finding.theirs",
            "Finding.ours",
            "ProposedChange.reason",
            "ProposedField.before",
            "ProposedField.after",
        ),
        codes=(
            "Act.role",
            "Act.second_role",
            "Act.counts",
            "Change.object_type",
            "Change.field",
            "Finding.object_type",
            "Finding.field",
            "ProposedChange.role",
            "ProposedChange.decided_role",
            "ProposedField.object_type",
            "ProposedField.field",
            "ProposedField.language",
            "DuplicatePair.reasons",
            "DuplicatePair.mark",
            "Alias.object_type",
        ),
    ),
    Held(
        what=_("Calls to programs"),
        holds=_(
            "Which worker called a program, when, and which parts of its entry were confirmed."
        ),
        about=About.WORKERS,
        why=_("So that each program is asked in time, and not twice."),
        kept=_("For as long as this network runs."),
        models=("directory.Call",),
        codes=("Call.to_change", "Call.role"),
    ),
    Held(
        what=_("Links by which programs confirm"),
        holds=_(
            "Which worker made a link for a program, until when it works, and what was "
            "confirmed with it. The link itself only as a mark."
        ),
        about=About.WORKERS,
        why=_("So that a program can answer without an account. A link works for 45 days."),
        models=("directory.ConfirmLink",),
        rules=("confirm-links",),
        codes=("ConfirmLink.token_hash", "ConfirmLink.confirmed", "ConfirmLink.asked"),
    ),
    Held(
        what=_("Addresses to which programs want their links"),
        holds=_(
            "The e-mail address that a program gave for it, in which language, since when, and "
            "which worker wrote it down. Once somebody stops the mails, only that and when."
        ),
        about=About.WORKERS,
        why=_("So that a program gets its link each month without being called."),
        models=("directory.LinkAddress",),
        rules=("link-addresses",),
        words=("LinkAddress.address",),
        codes=("LinkAddress.problem",),
    ),
    Held(
        what=_("Lists that were brought in"),
        holds=_(
            "Which worker brought which file, the file itself until it is read in, and "
            "what could not be read in it."
        ),
        about=About.WORKERS,
        why=_("So that a list can be checked before it counts."),
        models=("directory.ImportRun",),
        rules=("import-uploads", "import-runs", "import-reports", "feed-checks"),
        words=(
            "ImportRun.file_name",
            "ImportRun.sheet",
            "ImportRun.mapping",
            "ImportRun.source",
            "ImportRun.problem",
            "ImportRun.result",
        ),
    ),
    Held(
        what=_("How lists are read"),
        holds=_(
            "The words for needs, which column of a list means what, and how long each "
            "part of an entry is believed."
        ),
        about=About.NOBODY,
        why=_("So that the same list is read the same way."),
        kept=_("For as long as this network runs."),
        models=(
            "directory.Concept",
            "directory.ConceptForm",
            "directory.SavedMapping",
            "directory.Clock",
            "directory.Pace",
        ),
        words=("SavedMapping.name", "SavedMapping.text", "ConceptForm.text", "Clock.why"),
        codes=(
            "Concept.key",
            "Concept.source",
            "ConceptForm.language",
            "ConceptForm.kind",
            "ConceptForm.source",
            "Clock.group",
            "Clock.tier",
            "Clock.kind",
        ),
    ),
]
