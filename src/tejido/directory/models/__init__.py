"""The tables of the directory."""

from tejido.directory.models.act import Act, Change, Finding
from tejido.directory.models.concept import Concept, ConceptForm
from tejido.directory.models.contact_consent import ContactConsent
from tejido.directory.models.details import Attribute, Label, Phone, Schedule
from tejido.directory.models.duplicate import Alias, DuplicatePair
from tejido.directory.models.import_run import ImportRun
from tejido.directory.models.location import Address, Location, ServiceAtLocation
from tejido.directory.models.mapping import SavedMapping
from tejido.directory.models.organization import Organization
from tejido.directory.models.record import Record
from tejido.directory.models.service import Service
from tejido.directory.models.source import Source
from tejido.directory.models.unmet import UnmetNeed

__all__ = [
    "Act",
    "Address",
    "Alias",
    "Attribute",
    "Change",
    "Concept",
    "ConceptForm",
    "ContactConsent",
    "DuplicatePair",
    "Finding",
    "ImportRun",
    "Label",
    "Location",
    "Organization",
    "Phone",
    "Record",
    "SavedMapping",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "Source",
    "UnmetNeed",
]
