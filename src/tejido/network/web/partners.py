"""The partner page: who in the network offers what we look for, and our own card."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.foundation.phones import written_phone
from tejido.geography.queries.places import county_labels
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.partners import LONGEST_WORDS, STATEWIDE, Help
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.partners import (
    CardSeen,
    PartnerSeen,
    PartnersWanted,
    card_of,
    listed_since,
    partners,
)
from tejido.network.services.partners import (
    CardIn,
    PartnerRefused,
    list_card,
    save_card,
    unlist_card,
)
from tejido.network.services.sharing import note_looked
from tejido.network.web.contacts import shown_phone
from tejido.network.web.fields import offer
from tejido.network.wording import HELP, MEMBER_KINDS

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

_HELP = [(each.value, words) for each, words in HELP.items()]
_FIELD_OF = {"phone-unread": "phone", "card-empty": "offers", "words-long": "words"}


class FilterForm(forms.Form):
    """What is looked for."""

    offers = forms.ChoiceField(
        label=_("They offer"), required=False, choices=[("", _("Anything")), *_HELP]
    )
    seeks = forms.ChoiceField(
        label=_("They look for"), required=False, choices=[("", _("Anything")), *_HELP]
    )
    county = forms.ChoiceField(label=_("In the county"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of member"),
        required=False,
        choices=[
            ("", _("Any kind")),
            *((kind.value, words) for kind, words in MEMBER_KINDS.items()),
        ],
    )

    def __init__(self, names: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Offer the counties."""
        super().__init__(*args, **kwargs)
        offer(self, "county", names.items(), empty=_("All of California"))


class CardForm(forms.Form):
    """What a member writes of itself."""

    use_required_attribute = False

    offers = forms.MultipleChoiceField(
        label=_("What do you offer other members?"),
        required=False,
        choices=_HELP,
        widget=forms.CheckboxSelectMultiple,
    )
    seeks = forms.MultipleChoiceField(
        label=_("What do you look for?"),
        required=False,
        choices=_HELP,
        widget=forms.CheckboxSelectMultiple,
    )
    counties = forms.MultipleChoiceField(
        label=_("In which counties?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_WORDS}),
        error_messages={"max_length": _("Write it in 300 letters or fewer.")},
    )
    contact_name = forms.CharField(
        label=_("Whom to ask for"),
        help_text=_("Somebody who agreed to be named here, or an office."),
        required=False,
        max_length=80,
        error_messages={"max_length": _("Write it in 80 letters or fewer")},
    )
    phone = forms.CharField(
        label=_("Phone for partners"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail for partners"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write an address such as name@example.org")},
    )

    def __init__(self, names: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Offer the counties."""
        super().__init__(*args, **kwargs)
        offer(self, "counties", [(STATEWIDE, _("All of California")), *names.items()])


@require_GET
@for_member(Permission.VIEW_PARTNERS)
def show_partners(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the members that said yes, narrowed, those that fit our card best first."""
    names = county_labels()
    form = FilterForm(names, request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = PartnersWanted(**given)
    found = partners(member.id, wanted, on=timezone.localdate())
    _note_names(request, member, found)
    context = {
        "form": form,
        "lines": [_line(each, names) for each in found],
        "is_narrowed": wanted != PartnersWanted(),
        "is_listed": listed_since(member.id) is not None,
        "may_edit": request.user.has_perm(Permission.EDIT_PARTNER_CARD, member),
    }
    return render_desk(request, "network/partners.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_PARTNER_CARD)
def edit_card(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show our card and who sees it; a POST stores it."""
    names, status = county_labels(), 200
    form = CardForm(names, request.POST or None, initial=_initial(card_of(member.id)))
    if request.method == "POST":
        if form.is_valid() and _is_saved(request, member, form):
            return _back(member)
        status = 400
    since = listed_since(member.id)
    context = {
        "form": form,
        "is_written": card_of(member.id) != CardSeen(),
        "listed_on": timezone.localdate(since) if since else None,
        "is_unlisted": "unlisted" in request.GET and since is None,
        "rail_partners": True,
    }
    return render_desk(request, "network/partner_card.html", member, context, status=status)


@require_POST
@for_member(Permission.EDIT_PARTNER_CARD)
def show_card(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Let the network see our card."""
    try:
        list_card(member_id=member.id, by=request.user.pk, at=timezone.now())
    except PartnerRefused:
        return _back(member)
    return _back(member)


@require_POST
@for_member(Permission.EDIT_PARTNER_CARD)
def hide_card(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Let nobody else see our card, at once."""
    unlist_card(member_id=member.id, by=request.user.pk, at=timezone.now())
    return _back(member, "?unlisted=1")


def _note_names(request: "SignedInRequest", member: MemberSeen, found: list[PartnerSeen]) -> None:
    """Write down that names of people were read, here and with each member whose card has one."""
    named = {each.member.id for each in found if each.card.contact_name}
    if named:
        note_looked(
            reader=member.id,
            under={(each, None) for each in named},
            by=request.user.pk,
            at=timezone.now(),
            act="view.partner-names",
        )


def _is_saved(request: "SignedInRequest", member: MemberSeen, form: CardForm) -> bool:
    given = form.cleaned_data
    draft = CardIn(
        **given
        | {
            "offers": tuple(Help(each) for each in given["offers"]),
            "seeks": tuple(Help(each) for each in given["seeks"]),
            "counties": tuple(given["counties"]),
        }
    )
    try:
        save_card(member_id=member.id, draft=draft, by=request.user.pk, at=timezone.now())
    except PartnerRefused as refusal:
        form.add_error(_FIELD_OF.get(refusal.code), str(refusal.sentence))
        return False
    return True


def _back(member: MemberSeen, asked: str = "") -> HttpResponse:
    return redirect(reverse("network:partner-card", args=[member.slug]) + asked)


def _initial(card: CardSeen) -> dict[str, object]:
    same = ("words", "contact_name", "email")
    kept: dict[str, object] = {name: getattr(card, name) for name in same}
    number = written_phone(card.phone) if card.phone else ""
    kept["phone"] = f"{number} ext. {card.extension}" if card.extension else number
    kept["offers"] = [each.value for each in card.offers]
    kept["seeks"] = [each.value for each in card.seeks]
    return {**kept, "counties": list(card.counties)}


def _line(found: PartnerSeen, names: dict[str, str]) -> dict[str, Any]:
    card, fit = found.card, found.fit
    where = [str(_("All of California"))] if STATEWIDE in card.counties else []
    where += [names[code] for code in card.counties if code in names]
    if not where and found.member.county_fips in names:
        where = [names[found.member.county_fips]]
    return {
        "member": found.member,
        "kind": MEMBER_KINDS[found.member.kind],
        "card": card,
        "phone": shown_phone(card),
        "where": where,
        "offers": [(HELP[each], each in fit.for_us) for each in card.offers],
        "seeks": [(HELP[each], each in fit.for_them) for each in card.seeks],
    }
