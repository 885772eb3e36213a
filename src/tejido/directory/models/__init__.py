"""The tables of the directory."""

from tejido.directory.models.act import Act, Change, Finding
from tejido.directory.models.call import Call
from tejido.directory.models.clock import Clock, Pace
from tejido.directory.models.concept import Concept, ConceptForm
from tejido.directory.models.confirm_link import ConfirmLink
from tejido.directory.models.contact_consent import ContactConsent
from tejido.directory.models.details import Attribute, Label, Phone, Schedule
from tejido.directory.models.duplicate import Alias, DuplicatePair
from tejido.directory.models.import_run import ImportRun
from tejido.directory.models.last_confirmed import LastConfirmed
from tejido.directory.models.link_address import LinkAddress
from tejido.directory.models.location import Address, Location, ServiceAtLocation
from tejido.directory.models.mapping import SavedMapping
from tejido.directory.models.organization import Organization
from tejido.directory.models.proposed_change import ProposedChange, ProposedField
from tejido.directory.models.record import Record
from tejido.directory.models.service import Service
from tejido.directory.models.source import Source
from tejido.directory.models.suggestion import Suggestion
from tejido.directory.models.unmet import UnmetNeed

__all__ = [
    "Act",
    "Address",
    "Alias",
    "Attribute",
    "Call",
    "Change",
    "Clock",
    "Concept",
    "ConceptForm",
    "ConfirmLink",
    "ContactConsent",
    "DuplicatePair",
    "Finding",
    "ImportRun",
    "Label",
    "LastConfirmed",
    "LinkAddress",
    "Location",
    "Organization",
    "Pace",
    "Phone",
    "ProposedChange",
    "ProposedField",
    "Record",
    "SavedMapping",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "Source",
    "Suggestion",
    "UnmetNeed",
]
