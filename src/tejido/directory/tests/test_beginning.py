"""What many tests begin with is the same, made or put back from memory."""

import pytest

from tejido.directory.models import Concept, ConceptForm
from tejido.directory.services.concepts import load_concepts
from tejido.foundation.testing import begin_with
from tejido.translation.models import Unit

pytestmark = pytest.mark.django_db
MODELS = (Concept, ConceptForm, Unit)


def everything():
    return [sorted(model.objects.values_list(), key=str) for model in MODELS]


@pytest.mark.parametrize("time", ["made", "put back"])
def test_what_is_put_back_is_what_loading_makes(time):
    begin_with(load_concepts)

    assert load_concepts().changed == 0


def test_needs_that_somebody_wrote_before_are_not_overwritten():
    begin_with(load_concepts)
    loaded = everything()
    Concept.objects.filter(key="naloxone").update(position=9_999)

    begin_with(load_concepts)

    # Loaded once more, not put back: the file is what counts.
    assert everything() == loaded
