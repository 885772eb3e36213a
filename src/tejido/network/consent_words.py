"""The words of consents, in the person's language."""

from django.utils.translation import gettext_lazy as _

from tejido.network.domain.consents import Channel, Purpose, Way

PURPOSES = {
    Purpose.CONTACT_BOOK: _("Be in the contact book"),
    Purpose.STORY: _("Tell my story"),
    Purpose.PHOTO: _("Show a photo of me"),
    Purpose.MESSAGES: _("Get messages about the network"),
    Purpose.PLACEMENT: _("Be asked later how the job goes"),
}

CHANNELS = {
    Channel.NETWORK: _("Members of the network see it"),
    Channel.WEB: _("On public pages"),
    Channel.PRINT: _("On paper"),
    Channel.MAIL: _("By mail"),
    Channel.TEXT: _("By text message"),
    Channel.PHONE: _("By phone"),
}

WAYS = {
    Way.PAPER: _("Signed on paper"),
    Way.SPOKEN: _("Said it in person or by phone"),
    Way.ONLINE: _("At the desk, themself"),
}
