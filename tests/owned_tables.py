"""The tables whose rows belong to members, and the marks that try each of them."""

import pytest
from django.apps import apps

from tejido.foundation.owned import MemberOwned, Owned

OWNED = [model for model in apps.get_models() if issubclass(model, Owned)]
OF_ONE = [model for model in OWNED if issubclass(model, MemberOwned)]
names = pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
of_one = pytest.mark.parametrize("model", OF_ONE, ids=lambda model: model._meta.label)
same_member_keys = pytest.mark.parametrize(
    ("model", "key"),
    [(model, key) for model in OF_ONE for key in model.parents()],
    ids=lambda part: getattr(part, "name", None) or part._meta.label,
)
