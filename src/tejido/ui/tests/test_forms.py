import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import gettext_lazy, override

from tejido.ui import forms as ui_forms

CANARY = "<script>x</script>"


class AskForm(forms.Form):
    place = forms.CharField(
        label="Where are you?",
        help_text="City or ZIP code",
        error_messages={"required": "Enter a city or ZIP code"},
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    language = forms.ChoiceField(
        label="Language",
        widget=forms.RadioSelect,
        choices=[("en", "English"), ("es", "Español")],
        error_messages={"required": "Choose a language"},
    )
    public = forms.BooleanField(label="Show to everyone", required=False)
    trap = forms.CharField(widget=forms.HiddenInput, required=True)

    def clean(self):
        if self.data.get("note") == "whole":
            raise forms.ValidationError(gettext_lazy("There is a problem"))
        return super().clean()


def rendered(source, language="en", **context):
    with override(language):
        return Template("{% load ui %}" + source).render(Context(context))


def test_field_puts_label_hint_error_and_input_in_this_order():
    html = rendered("{% field form.place %}", form=AskForm({}))

    places = [
        html.index(part)
        for part in ("<label", "City or ZIP code", "Enter a city or ZIP code", "<input")
    ]
    assert places == sorted(places)


def test_field_ties_hint_and_error_to_the_input():
    html = rendered("{% field form.place %}", form=AskForm({}))
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html).group(1).split()

    assert described == ["id_place_helptext", "id_place_error"]
    assert all(f'id="{name}"' in html for name in described)
    assert 'aria-invalid="true"' in html


def test_field_without_a_problem_says_nothing_of_one():
    html = rendered("{% field form.place %}", form=AskForm())

    assert "error" not in html
    assert "aria-invalid" not in html


def test_field_keeps_what_was_typed_and_escapes_it():
    html = rendered("{% field form.place %}", form=AskForm({"place": CANARY}))

    assert 'value="&lt;script&gt;x&lt;/script&gt;"' in html
    assert CANARY not in html


def test_field_marks_what_is_optional_not_what_is_required():
    assert "(opcional)" in rendered("{% field form.note %}", "es", form=AskForm())
    assert "(optional)" not in rendered("{% field form.place %}", form=AskForm())
    assert "(optional)" not in rendered("{% field form.note optional=False %}", form=AskForm())


def test_field_can_have_a_button_beside_it():
    html = rendered("{% field form.place row='Find' %}", form=AskForm())

    assert '<button class="btn">Find</button>' in html


@pytest.mark.parametrize(
    ("size", "look"),
    [("full", "input"), ("short", "input input--short"), ("tiny", "input input--tiny")],
)
def test_field_is_as_wide_as_its_answer(size, look):
    assert f'class="{look}"' in rendered(
        "{% field form.place size=size %}", form=AskForm(), size=size
    )


def test_field_of_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="no such size"):
        ui_forms.control_of(AskForm()["place"], size="huge")


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = rendered("{% field form.language %}", form=AskForm({}))

    assert "<fieldset" in html
    assert "<legend" in html
    assert 'aria-describedby="id_language_error"' in html
    assert re.findall(r'for="(\w+)">(\w+)<', html) == [
        ("id_language_0", "English"),
        ("id_language_1", "Español"),
    ]
    assert "checked" not in html


def test_single_box_has_its_label_after_it():
    html = rendered("{% field form.public %}", form=AskForm())

    assert html.index("<input") < html.index("Show to everyone")
    assert "(optional)" not in html


def test_error_summary_says_the_same_words_as_the_fields_and_links_to_them():
    html = rendered("{% error_summary form %}", form=AskForm({}))

    assert re.findall(r'href="(#\w+)">([^<]+)<', html) == [
        ("#id_place", "Enter a city or ZIP code"),
        ("#id_language_0", "Choose a language"),
    ]
    assert "autofocus" in html


def test_error_summary_names_problems_of_the_whole_form_first():
    form = AskForm({"note": "whole"})

    assert next(problem.href for problem in ui_forms.problems_of(form)) == ""
    assert "Hay un problema" in rendered("{% error_summary form %}", "es", form=form)


def test_error_summary_of_a_good_or_unsent_form_is_empty():
    good = AskForm({"place": "Fresno", "language": "es", "trap": "x"})

    assert rendered("{% error_summary form %}", form=good).strip() == ""
    assert rendered("{% error_summary form %}", form=AskForm()).strip() == ""


def test_error_summary_of_a_form_with_a_prefix_has_an_id_of_its_own():
    html = rendered("{% error_summary form focus=False %}", form=AskForm({}, prefix="one"))

    assert 'id="one-errors"' in html
    assert "autofocus" not in html


class CountiesForm(forms.Form):
    counties = forms.MultipleChoiceField(
        label="Counties",
        required=False,
        choices=[("06019", "Fresno"), ("06023", "Humboldt"), ("06029", "Kern")],
        widget=forms.CheckboxSelectMultiple,
    )


@pytest.mark.parametrize(
    ("language", "said", "none"),
    [
        ("en", "Chosen: Fresno, Kern", "Nothing chosen"),
        ("es", "Elegido: Fresno, Kern", "Nada elegido"),
    ],
)
def test_field_that_is_folded_says_what_is_chosen_above_its_list(language, said, none):
    field = "{% field form.counties fold='Choose' %}"
    some = rendered(field, language, form=CountiesForm({"counties": ["06029", "06019"]}))
    empty = rendered(field, language, form=CountiesForm())

    above, _, folded = some.partition("<details><summary")
    assert f">{said}</p>" in above
    assert folded.count('type="checkbox"') == 3
    assert f">{none}</p>" in empty


def test_field_that_is_folded_is_open_where_something_is_wrong_in_it():
    wrong = rendered(
        "{% field form.counties fold='Choose' %}", form=CountiesForm({"counties": ["41001"]})
    )

    assert "<details open>" in wrong
