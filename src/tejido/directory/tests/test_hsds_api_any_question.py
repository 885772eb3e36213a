"""Whatever the OpenAPI description allows or forbids is answered as it says."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as rules

from tejido.directory.tests.asking_hsds import ROOT, demonstrated, unhurried
from tejido.foundation.testing import examples

pytestmark = pytest.mark.django_db
__all__ = ["unhurried"]
EXAMPLES = 10
# All but the address of the description; where there is no parameter, nothing can be wrong.
OPERATIONS = {GenerationMode.POSITIVE: 19, GenerationMode.NEGATIVE: 11}
CHECKS = [
    not_a_server_error,
    rules.status_code_conformance,
    rules.content_type_conformance,
    rules.response_headers_conformance,
    rules.response_schema_conformance,
    rules.negative_data_rejection,
    rules.missing_required_header,
    rules.unsupported_method,
]


def unpacked():
    """Return the site without gzip, which the tool does not undo."""
    application = get_wsgi_application()

    def answer(environ, start_response):
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return application(environ, start_response)

    return answer


@pytest.mark.parametrize("mode", GenerationMode)
def test_each_operation_answers_any_question_as_its_description_says(mode):
    demonstrated()
    schema = schemathesis.openapi.from_wsgi(f"{ROOT}/schema/openapi.json", unpacked())
    asked = []

    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=examples(EXAMPLES),
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def answers_well(case):
            case.call_and_validate(checks=CHECKS)

        try:
            answers_well()
        except Unsatisfiable:
            continue
        asked.append(operation.label)

    assert len(asked) == OPERATIONS[mode]
