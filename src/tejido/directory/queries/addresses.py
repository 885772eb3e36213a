"""Where a street address is, as far as public listings tell."""

from django.db.models import Exists, OuterRef

from tejido.directory.domain.vocabulary import Precision, Visibility
from tejido.directory.models import Address, ServiceAtLocation


def point_at_address(*, street: str, town: str) -> tuple[float, float] | None:
    """Return the exact point of a public place with this address, or None. One query.

    Places that not everybody may know are never looked at.
    """
    hidden = ServiceAtLocation.objects.filter(location=OuterRef("location")).exclude(
        visibility=Visibility.PUBLIC.value
    )
    found = Address.objects.filter(
        ~Exists(hidden),
        address_1__iexact=street.strip(),
        city__iexact=town.strip(),
        location__visibility=Visibility.PUBLIC.value,
        location__precision=Precision.EXACT.value,
        location__latitude__isnull=False,
    )
    address = found.select_related("location").order_by("id").first() if street.strip() else None
    if address is None or address.location.latitude is None or address.location.longitude is None:
        return None
    return address.location.latitude, address.location.longitude
