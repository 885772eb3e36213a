"""`promises --only canary`: what people type is in no log, cache, session, queue or export.

People of the demonstration open every page that links lead to and fill every form there with
words that nobody else writes (`canaries.py`); then everything that the server wrote is looked
through. What is searched for, and what a browser tells of itself, is nowhere at all; what a form
keeps is in the tables that are for it, and of what leaves only in a listing.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext_noop

from tejido.accounts.app_codes import app_code
from tejido.config.backup.embedded_copy import NAME
from tejido.config.benches.site import run_command
from tejido.config.trials.canaries import Cage, Canary
from tejido.config.trials.neighbours import listings_at
from tejido.config.trials.site import Site, embedded_site
from tejido.config.trials.visiting import Visitor
from tejido.config.trials.walking import Answer, Walker
from tejido.foundation.bench import Figure
from tejido.network.demo import PERSONAS, Persona

STARTS = ["/", "/desk/", "/desk/reach/", "/desk/consents/", "/account/"]
OUTSIDE = ["/", "/es/", "/find/", "/overdose/", "/keep/", "/account/login/", "/privacy/"]
TYPED_INTO_ADDRESSES = [
    "/find/?q={0}", "/invite/{0}", "/r/{0}", "/nothing/{0}/", "/es/{0}", "/desk/{0}/",
    "/api/finder/v1/search?q={0}&near={0}", "/api/hsds/v3/services?search={0}",
]  # fmt: skip
# Rows of these tables hold no words of people.
WITHOUT_WORDS = {
    *("accounts_session", "django_session", "django_tasks_database_dbtaskresult"),
    *("network_event", "network_seal", "network_sealedevent", "network_outmessage"),
    *("network_sentbatch", "foundation_backupmade", "foundation_roundmade"),
    "directory_unmetneed",
}
# A listing and the words for needs are written to be read by everybody.
FOR_EVERYBODY = ("directory:", "directory_needs:", "directory_import:", "directory_link:")
_HERE = re.compile(r"198\.18\.\d{1,3}\.\d{1,3}")


@dataclass
class Looked:
    """What was looked through, what is kept where it belongs, what was found elsewhere."""

    places: int = 0
    kept: set[str] = field(default_factory=set)
    leaks: set[str] = field(default_factory=set)
    faults: set[str] = field(default_factory=set)


@dataclass
class Trial:
    """One installation, whose people let canaries out."""

    site: Site
    cage: Cage = field(default_factory=Cage)
    looked: Looked = field(default_factory=Looked)
    pages: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)

    def look(self, where: str, content: bytes, is_allowed: Callable[[Canary], bool]) -> None:
        """Look through bytes for canaries that are not allowed there."""
        self.looked.places += 1
        for word, canary in self.cage.found_in(content).items():
            if is_allowed(canary):
                self.looked.kept.add(word)
            else:
                self.looked.leaks.add(f"{where}: {canary.field} of {canary.route}, {canary.by}")


def promise_canary(*, tries: int = len(PERSONAS)) -> list[Figure]:
    """Let so many people fill the forms of a real server, and look through all that it wrote."""
    with embedded_site() as site:
        site.command, site.settings["TEJIDO_DEMONSTRATION"] = "demo", "1"
        trial = Trial(site)
        for number, said in enumerate(("", "json")):
            site.start(LOG_FORMAT=said)
            try:
                _everybody_walks(trial, PERSONAS[number:tries:2])
                _others_look(trial)
            finally:
                site.stop()
        _look_through(trial)
    return _figures(trial)


def _everybody_walks(trial: Trial, people: list[Persona]) -> None:
    """Let people and somebody without an account fill every form."""
    nobody = _walker(trial, "nobody")
    nobody.walk([*OUTSIDE, *map("/wrong/{}/".format, listings_at(trial.site.port)[:2])])
    for pattern in TYPED_INTO_ADDRESSES:
        word = trial.cage.new(Canary("an address", pattern, "nobody", is_passing=True))
        nobody.door("GET", pattern.format(quote(word)), [], {})
    for persona in people:
        walker = _walker(trial, persona.username)
        _sign_in(walker, persona)
        walker.walk(STARTS)


def _others_look(trial: Trial) -> None:
    """Let somebody without an account read on, and look at what they get."""
    reader = _walker(trial, "reader", types=False)
    reader.walk([*OUTSIDE, "/api/hsds/v3/services?full=true", "/kept/"])


def _walker(trial: Trial, who: str, *, types: bool = True) -> Walker:
    told = {
        name: trial.cage.new(Canary("every page", name, who, is_passing=True))
        for name in ("User-Agent", "Referer", "Accept-Language")
    }
    told["Referer"] = f"https://{told['Referer']}.example/"
    told["X-Forwarded-For"] = f"198.18.{os.urandom(1)[0]}.{os.urandom(1)[0]}"

    def answered(walker: Walker, answer: Answer) -> None:
        _note_answer(trial, walker, answer)

    return Walker(who, Visitor(trial.site.port, **told), trial.cage, types, answered=answered)


def _note_answer(trial: Trial, walker: Walker, answer: Answer) -> None:
    trial.pages |= set(walker.pages)
    trial.forms |= set(walker.forms)
    if answer.status >= 500:
        trial.looked.faults.add(f"{answer.status} {answer.address}, {walker.who}")
    if walker.who == "reader":
        trial.look(f"what everybody reads at {answer.address}", answer.text.encode(), _is_for_all)


def _sign_in(walker: Walker, persona: Persona) -> None:
    """Sign in as somebody of the demonstration, with the code of now where one is asked for."""
    page = walker.door("GET", "/account/login/", [], {})
    given = [("login", persona.username), ("password", persona.password)]
    answer = walker.door("POST", "/account/login/", [*_token(page), *given], {})
    if persona.app_secret:
        code = app_code(persona.app_secret, at=datetime.now(UTC))
        walker.door("POST", answer.address, [*_token(answer), ("code", code)], {})


def _token(page: Answer) -> list[tuple[str, str]]:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    return [("csrfmiddlewaretoken", found[1])] if found else []


def _is_for_all(canary: Canary) -> bool:
    return not canary.is_passing and canary.route.startswith(FOR_EVERYBODY)


def _is_kept(canary: Canary) -> bool:
    return not canary.is_passing


def _none(_canary: Canary) -> bool:
    return False


def _look_through(trial: Trial) -> None:
    site = trial.site
    trial.look("the log", site.log.read_bytes(), _none)
    if _HERE.search(site.log.read_text()):
        trial.looked.leaks.add("the log: the address of a computer")
    _look_at_tables(trial)
    _look_at_files(trial, site.folder, but=NAME)
    out = site.folder.with_name("out")
    run_command(site.settings, "export_hsds", str(out / "hsds"))
    run_command(site.settings, "backup", str(out / "kept.age"))
    _look_at_files(trial, out)


def _look_at_tables(trial: Trial) -> None:
    ask = trial.site.ask
    for (table,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'"):
        allowed = _none if table in WITHOUT_WORDS else _is_kept
        content = "\n".join(map(str, ask(f'SELECT * FROM "{table}"')))  # noqa: S608  (our names)
        trial.look(f"table {table}", content.encode(), allowed)
        if _HERE.search(content):
            trial.looked.leaks.add(f"table {table}: the address of a computer")


def _look_at_files(trial: Trial, folder: Path, *, but: str = "\0") -> None:
    files = (path for path in folder.rglob("*") if path.is_file())
    for path in files:
        if not path.name.startswith(but):
            where = f"file {path.relative_to(folder)}"
            trial.look(where, path.read_bytes(), _is_for_all)


def _figures(trial: Trial) -> list[Figure]:
    looked = trial.looked
    leaks, faults = sorted(looked.leaks), sorted(looked.faults)
    return [
        Figure(
            gettext_noop("canaries found where they must not be"),
            len(leaks),
            "",
            target="0",
            met=not leaks,
            tries=len(trial.cage.let_out),
        ),
        # Where none is found in a table either, the trial shows nothing.
        Figure(
            gettext_noop("canaries found where they are kept"),
            len(looked.kept),
            "",
            target="> 0",
            met=bool(looked.kept),
        ),
        Figure(gettext_noop("pages that broke"), len(faults), "", target="0", met=not faults),
        Figure(gettext_noop("named addresses opened"), len(trial.pages), ""),
        Figure(gettext_noop("kinds of forms filled"), len(trial.forms), ""),
        Figure(gettext_noop("answers, files and tables looked through"), looked.places, ""),
        *(Figure(each, 1, "", target="0", met=False) for each in (*leaks, *faults)),
    ]
