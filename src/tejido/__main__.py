"""Runs a management command: `python -m tejido COMMAND`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Hand the command to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    execute_from_command_line(["tejido", *sys.argv[1:]])


if __name__ == "__main__":
    main()
