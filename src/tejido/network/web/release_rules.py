"""What a tribal partner asks before anything about it is released, and its answers."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.disclosure.queries import period_words
from tejido.geography.queries.places import county_labels
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.release_rules import (
    answers_of,
    may_keep_back,
    quarters_to_answer,
    rule_of,
    tribal_partners,
)
from tejido.network.services.release_rules import (
    PERIOD_CLOSED,
    ReleaseRuleRefused,
    RuleIn,
    answer_release,
    set_rule,
)
from tejido.network.web.fields import CHOOSE_ONE, chosen, offer, radio, signature, text_in

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# What is released of the whole network so far (directory/queries/unmet.py).
SUBJECT = "unmet-searches"
YES, NO = "yes", "no"
LOW = _("Write 11 or more")


class RuleForm(forms.Form):
    """What is asked of every release."""

    use_required_attribute = False
    prefix = "rule"

    counties = forms.MultipleChoiceField(
        label=_("Counties that are about us"),
        required=False,
        help_text=_("Choose none to keep nothing back."),
        widget=forms.CheckboxSelectMultiple,
    )
    threshold = forms.IntegerField(
        label=_("The smallest number that may be shown"),
        min_value=11,
        error_messages={"required": LOW, "invalid": LOW, "min_value": LOW},
    )
    words_en = text_in("en", _("In your own words, in English"), rows=3, longest=2_000)
    words_es = text_in("es", _("In your own words, in Spanish"), rows=3, longest=2_000)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the counties."""
        super().__init__(*args, **named)
        offer(self, "counties", county_labels().items())


class AnswerForm(forms.Form):
    """Yes or no to one release."""

    use_required_attribute = False
    prefix = "answer"

    period = chosen(_("Quarter"), missing=CHOOSE_ONE)
    says = radio(
        _("May our counties be in this release?"),
        [(YES, _("Yes, with the numbers of our counties")), (NO, _("No"))],
    )
    signed_as = signature()

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the quarters that wait for their release."""
        super().__init__(*args, **named)
        waiting = map(str, quarters_to_answer(SUBJECT, today=timezone.localdate()))
        offered = [(each, period_words(each)) for each in waiting]
        self.waits = bool(offered)
        self.fields["period"].error_messages["invalid_choice"] = PERIOD_CLOSED
        offer(self, "period", offered, empty=_("Choose a quarter"))


@require_http_methods(["GET", "POST"])
@for_member(Permission.RELEASE_OWN)
def show_release_rules(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what the member asks and answered; a POST sets the rule or answers one release."""
    act, problem = request.POST.get("act", ""), ""
    rule = RuleForm(request.POST if act == "rule" else None, initial=_held(member))
    answer = AnswerForm(request.POST if act == "answer" else None)
    sent = {"rule": rule, "answer": answer}.get(act)
    if sent is not None and sent.is_valid():
        try:
            _keep(request, member, act, sent.cleaned_data)
        except ReleaseRuleRefused as refusal:
            problem = str(refusal.sentence)
        else:
            return redirect("network:release-rules", member.slug)
    holds = rule_of(member.id)
    context = {
        "rail_agreements": True,
        "form": sent,
        "rule_form": rule,
        "answer_form": answer,
        "rule": holds,
        "counties": _named(holds.counties if holds else ()),
        "may_keep_back": may_keep_back(member.id),
        "is_marked": member.id in tribal_partners(),
        "answers": [(each, period_words(each.period)) for each in answers_of(member.id, SUBJECT)],
        "problem": problem,
    }
    status = 409 if problem else (400 if sent is not None else 200)
    return render_desk(request, "network/release_rules.html", member, context, status=status)


def _keep(request: "SignedInRequest", member: MemberSeen, act: str, said: dict[str, Any]) -> None:
    who: dict[str, Any] = {"member_id": member.id, "by": request.user.pk, "at": timezone.now()}
    if act == "rule":
        set_rule(rule=RuleIn(**said, holds=bool(said["counties"])), **who)
        return
    answer_release(
        subject=SUBJECT,
        period=said["period"],
        says_yes=said["says"] == YES,
        signed_as=said["signed_as"],
        **who,
    )


def _held(member: MemberSeen) -> dict[str, Any]:
    rule = rule_of(member.id)
    if rule is None:
        return {"threshold": 11}
    return {
        "counties": rule.counties,
        "threshold": rule.threshold,
        "words_en": rule.words_en,
        "words_es": rule.words_es,
    }


def _named(kept: Collection[str]) -> list[str]:
    """Return counties as a list shows them."""
    return [label for code, label in county_labels().items() if code in kept]
