"""Runs a management command: `python -m tejido COMMAND [--data DIR] …`."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import django
from django.core.management import execute_from_command_line, get_commands

if TYPE_CHECKING:
    from io import TextIOWrapper

# What never writes to the database. A command that is not named here counts as a writer.
READERS = frozenset(
    [
        *("-h", "--help", "help", "version", "--version"),
        *("check", "diffsettings", "findstatic", "collectstatic"),
        *("makemigrations", "showmigrations", "sqlmigrate"),
        *("backup", "bench", "build_index", "check_hsds", "demo_code", "doctor"),
        *("export_hsds", "keys"),
        # Holds the embedded database by itself, where it does not only try a backup.
        *("restore", "text", "verify_audit"),
    ]
)
# What goes on for long, or is about the code: it is looked at before. Every other command of ours
# answers in half the time without.
LOOKED_AT = frozenset(["demo", "doctor", "migrate", "prepare", "serve", "work"])
# What makes the database itself, and so cannot ask for a prepared one.
MAKERS = frozenset(["createcachetable", "demo", "flush", "migrate", "prepare", "serve"])


def main() -> None:
    """Run the command; a refusal is one sentence, never a traceback."""
    # Progress is seen when it happens, through a pipe too.
    cast("TextIOWrapper", sys.stdout).reconfigure(line_buffering=True)
    arguments = _with_data_folder(sys.argv[1:])
    if arguments[:1] in (["demo"], ["demo_code"]):
        _choose_demonstration()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    try:
        _run(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))


def _run(arguments: list[str]) -> None:
    # Imported late: reading the settings is what the arguments above decide about.
    _load(arguments)
    from django.db import OperationalError  # noqa: PLC0415

    from tejido.config.operator_language import speak_to_operator, unanswered  # noqa: PLC0415
    from tejido.foundation.errors import Refused  # noqa: PLC0415

    speak_to_operator(os.environ)
    try:
        with _held(arguments):
            _prepare_for(arguments)
            execute_from_command_line(["tejido", *arguments, *_without_checks(arguments)])
    except Refused as refusal:
        sys.exit(str(refusal))
    except OperationalError as error:
        sys.exit(unanswered(error))


def _load(arguments: Sequence[str]) -> None:
    """Load the code. None of it is garbage: looking for some takes a fifth of the time."""
    from django.conf import settings  # noqa: PLC0415

    gc.disable()
    django.setup()
    if LOOKED_AT.intersection(arguments[:1]):
        import_module(settings.ROOT_URLCONF)
    gc.freeze()
    gc.enable()


def _held(arguments: Sequence[str]) -> AbstractContextManager[None]:
    """Hold the embedded database for a writer."""
    from django.conf import settings  # noqa: PLC0415

    from tejido.foundation.one_process import one_process  # noqa: PLC0415

    if not settings.EMBEDDED or not _writes(arguments):
        return nullcontext()
    return one_process(settings.DATA, command=arguments[0])


def _prepare_for(arguments: Sequence[str]) -> None:
    """Bring the embedded database up to date before a command writes into it."""
    from django.conf import settings  # noqa: PLC0415

    from tejido.config.prepare import prepare  # noqa: PLC0415

    if settings.EMBEDDED and _writes(arguments) and arguments[0] not in MAKERS:
        prepare(report=lambda line: print(line, flush=True))  # noqa: T201


def _without_checks(arguments: Sequence[str]) -> list[str]:
    """Leave Django's look at all of the code to those that need it."""
    area = get_commands().get(arguments[0], "") if arguments else ""
    is_ours = isinstance(area, str) and area.startswith("tejido.")
    return ["--skip-checks"] if is_ours and arguments[0] not in LOOKED_AT else []


def _writes(arguments: Sequence[str]) -> bool:
    if not arguments or {"-h", "--help"} & set(arguments):
        return False
    return arguments[0] in get_commands() and arguments[0] not in READERS


def _with_data_folder(arguments: Sequence[str]) -> list[str]:
    """Take `--data DIR` out of the arguments and into TEJIDO_DATA."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, _, value = argument.partition("=")
        if name != "--data":
            rest.append(argument)
            continue
        folder = value or next(waiting, "")
        if not folder:
            sys.exit("--data needs a folder: --data DIR")
        os.environ["TEJIDO_DATA"] = str(Path(folder).resolve())
    return rest


def _choose_demonstration() -> None:
    """The demonstration has a folder of its own and always the embedded database."""
    root = Path(__file__).resolve().parents[2]
    os.environ.setdefault("TEJIDO_DATA", str(root / "var" / "demo"))
    os.environ["TEJIDO_DEMONSTRATION"] = "1"


if __name__ == "__main__":
    main()
