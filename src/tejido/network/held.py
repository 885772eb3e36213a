"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held, Rule
from tejido.network.services import forgetting

RULES = [
    Rule(
        name="contact-tables",
        what=_("Tables of contacts that nobody took in"),
        since=_("after they were brought"),
        days=30,
        remove=forgetting.drop_contact_tables,
    ),
    Rule(
        name="contacts-removed",
        what=_("Contacts that were taken out of a book"),
        since=_("after they were taken out"),
        days=30,
        remove=forgetting.forget_removed_contacts,
    ),
    Rule(
        name="messages",
        what=_("Messages to people who work here"),
        since=_("after they were sent or given up"),
        days=90,
        remove=forgetting.forget_messages,
    ),
    Rule(
        name="addresses-not-confirmed",
        what=_("Addresses that nobody confirmed"),
        since=_("after its code was sent, while nobody confirmed it"),
        days=1,
        remove=forgetting.forget_addresses,
    ),
    Rule(
        name="books-of-members-that-left",
        what=_("Contact books of members that left"),
        since=_("after their last day in the network"),
        days=30,
        shortest=30,
        remove=forgetting.forget_contact_books,
    ),
    Rule(
        name="cards-of-members-that-left",
        what=_("Partner cards of members that left"),
        since=_("after their last day in the network"),
        days=30,
        shortest=30,
        remove=forgetting.forget_cards,
    ),
    Rule(
        name="invitations",
        what=_("Invitations"),
        since=_("after their last day"),
        days=365,
        remove=forgetting.forget_invitations,
    ),
]
HELD = [
    Held(
        what=_("People who work here"),
        holds=_(
            "What a person wants to be called, where they work, since when, until when, "
            "and in which roles."
        ),
        about=About.WORKERS,
        why=_("So that everybody can do their work, and nobody more."),
        kept=_(
            "For as long as this network runs. Work that ended stays in the record, also after "
            "their member left."
        ),
        models=("network.Person", "network.Membership", "network.RoleGrant"),
        words=("Person.display_name",),
    ),
    Held(
        what=_("Who did what, and who looked"),
        holds=_(
            "Which worker did what in the name of their program, and when. No names and "
            "no words: only codes."
        ),
        about=About.WORKERS,
        why=_("So that misuse is found. Nobody can change this record unseen."),
        kept=_("For as long as this network runs, also after their member left."),
        models=("network.Event", "network.Seal", "network.SealedEvent"),
        codes=("Event.act", "Event.facts", "Seal.seal"),
    ),
    Held(
        what=_("Members of the network"),
        holds=_(
            "The name, kind and county of each program or group, who works with whom, and who "
            "let it leave, when and why."
        ),
        about=About.MEMBERS,
        why=_("So that programs can work together."),
        kept=_("For as long as this network runs, also after they left."),
        models=(
            "network.Member",
            "network.Relationship",
            "network.Departure",
            "network.ServedCounty",
        ),
        words=("Member.name",),
        codes=(
            "Member.slug",
            "Member.county_fips",
            "Departure.what_ended",
            "ServedCounty.county_fips",
        ),
    ),
    Held(
        what=_("Contact books"),
        holds=_(
            "Names, titles, phones, e-mails and notes of people and groups that a member "
            "works with. Never of people who use services."
        ),
        about=About.WORKERS,
        why=_("So that programs can reach each other. Others see a contact only after it agreed."),
        kept=_(
            "For as long as their member is part of the network. What was shared goes as "
            "soon as they say no."
        ),
        models=(
            "network.Contact",
            "network.ContactTie",
            "network.SharedContact",
            "network.ContactImport",
        ),
        rules=("contact-tables", "contacts-removed", "books-of-members-that-left"),
        words=(
            "Contact.name",
            "Contact.also_called",
            "Contact.phone",
            "Contact.extension",
            "Contact.email",
            "Contact.note",
            "Contact.findable",
            "ContactTie.title",
            "SharedContact.name",
            "SharedContact.phone",
            "SharedContact.extension",
            "SharedContact.email",
            "SharedContact.findable",
            "SharedContact.consent_text",
            "ContactImport.file_name",
            "ContactImport.rows",
        ),
        codes=(
            "Contact.language",
            "SharedContact.kind",
            "SharedContact.language",
            "ContactImport.columns",
        ),
    ),
    Held(
        what=_("Invitations to work here"),
        holds=_(
            "What an invited person is called, who asked them, and with which roles. The "
            "link itself only as a mark."
        ),
        about=About.WORKERS,
        why=_("So that only who was asked gets in. An invitation works for 14 days."),
        models=("network.Invitation",),
        rules=("invitations",),
        words=("Invitation.called",),
        codes=("Invitation.roles", "Invitation.token_hash"),
    ),
    Held(
        what=_("Accounts that were opened again"),
        holds=_(
            "Whose account two people opened again after codes or a password were lost, and when."
        ),
        about=About.WORKERS,
        why=_("So that nobody takes over an account unseen."),
        kept=_("For as long as this network runs, also after their member left."),
        models=("network.Recovery",),
    ),
    Held(
        what=_("Work that was handed over"),
        holds=_(
            "Which open work of somebody who left passed to whom, and when. A name only where "
            "the card for partners had named them."
        ),
        about=About.WORKERS,
        why=_("So that nothing is left lying, and an undo gives all of it back."),
        kept=_("For as long as this network runs, also after their member left."),
        models=("network.HandedOver",),
        words=("HandedOver.was",),
        codes=("HandedOver.kind",),
    ),
    Held(
        what=_("Partner cards"),
        holds=_("What a member offers and looks for, in its words, and whom to call at work."),
        about=About.MEMBERS,
        why=_("So that members find each other. The network sees it only after they agreed."),
        kept=_(
            "For as long as they are part of the network. The network sees nothing of it "
            "once they say no."
        ),
        models=("network.PartnerCard", "network.PartnerListing"),
        rules=("cards-of-members-that-left",),
        words=(
            "PartnerCard.words",
            "PartnerCard.contact_name",
            "PartnerCard.phone",
            "PartnerCard.extension",
            "PartnerCard.email",
            "PartnerListing.words",
            "PartnerListing.contact_name",
            "PartnerListing.phone",
            "PartnerListing.extension",
            "PartnerListing.email",
            "PartnerListing.consent_text",
        ),
        codes=(
            "PartnerCard.offers",
            "PartnerCard.seeks",
            "PartnerCard.counties",
            "PartnerListing.offers",
            "PartnerListing.seeks",
            "PartnerListing.counties",
        ),
    ),
    Held(
        what=_("Agreements on sharing counts"),
        holds=_(
            "What two members agreed to share, in which words, who signed for each, what was "
            "turned down and why, when it ended, and which parts of a table were sent. No counts."
        ),
        about=About.MEMBERS,
        why=_("So that everybody can see what is shared and on what basis, also later."),
        kept=_("For as long as this network runs, also after they left."),
        models=(
            "network.Agreement",
            "network.AgreementVersion",
            "network.AgreementSignature",
            "network.ProposalEnd",
            "network.AgreementEnd",
            "network.SentBatch",
        ),
        words=(
            "AgreementVersion.text_en",
            "AgreementVersion.text_es",
            "AgreementSignature.signed_as",
            "ProposalEnd.words",
        ),
        codes=(
            "AgreementVersion.tables",
            "AgreementVersion.sharing",
            "AgreementVersion.basis",
            "AgreementVersion.digest",
            "AgreementSignature.digest",
            "AgreementEnd.reason",
            "SentBatch.table",
            "SentBatch.cells",
        ),
    ),
    Held(
        what=_("Consents of people who work here"),
        holds=_(
            "What a person who works here said yes to, in which words, how they said it, and "
            "when they took it back."
        ),
        about=About.WORKERS,
        why=_("So that nothing is used that somebody did not agree to."),
        kept=_("For as long as this network runs, also after their member left."),
        models=("network.Consent", "network.ConsentWithdrawal"),
        words=("Consent.text_en", "Consent.text_es"),
        codes=("Consent.purpose", "Consent.channel", "Consent.digest", "Consent.way"),
    ),
    Held(
        what=_("Rules of tribal partners"),
        holds=_(
            "Which counties a tribal partner speaks for, in its own words, to which releases "
            "it said yes, and who signed."
        ),
        about=About.MEMBERS,
        why=_("So that nothing about its people leaves without its own yes."),
        kept=_("For as long as this network runs, also after they left."),
        models=("network.ReleaseRule", "network.ReleaseAnswer"),
        words=("ReleaseRule.words_en", "ReleaseRule.words_es", "ReleaseAnswer.signed_as"),
        codes=("ReleaseRule.counties", "ReleaseAnswer.subject", "ReleaseAnswer.period"),
    ),
    Held(
        what=_("How people who work here are reached"),
        holds=_(
            "An e-mail address or a mobile number, if somebody gave one, for which messages, and "
            "when not to write. Nobody else sees it."
        ),
        about=About.WORKERS,
        why=_("So that they learn that something waits for them."),
        kept=_("Once confirmed, until they take it away. Then it is gone at once."),
        models=("network.WayToReach",),
        rules=("addresses-not-confirmed",),
        words=("WayToReach.address",),
        codes=("WayToReach.channel", "WayToReach.kinds", "WayToReach.code_hash"),
    ),
    Held(
        what=_("Messages to people who work here"),
        holds=_("Which kind of message went to whom, and whether it went. Not where, no words."),
        about=About.WORKERS,
        why=_("So that nothing is told twice, and what did not go can be seen."),
        models=("network.OutMessage",),
        rules=("messages",),
        codes=(
            "OutMessage.channel",
            "OutMessage.kind",
            "OutMessage.once",
            "OutMessage.state",
            "OutMessage.problem",
        ),
    ),
]
