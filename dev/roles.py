"""Write docs/roles.md from the matrix of roles and permissions."""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
django.setup()

from tejido.network.roles_page import roles_page  # noqa: E402 - Django first

page = Path(__file__).resolve().parents[1] / "docs" / "roles.md"
page.write_text(roles_page(), encoding="utf-8")
print(f"wrote {page}")
