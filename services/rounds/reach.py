"""How each enterprise is reached: never through a phone of the rated person or of his unit."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Assignment, Cadre, Client, Plate, ReviewItem
from rules.channels import Channel, Choosing, Reach, choose_channel
from rules.importing import Decision
from rules.survey import SurveyRule
from rules.text import Note, _, note
from services.gateways.ways import texting


@dataclass
class Directory:
    """Everything needed to judge any number of assignments with a fixed number of statements."""

    unit_phones: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    own_phones: dict[int, str] = field(default_factory=dict)
    units: dict[int, int | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    plates: set[int] = field(default_factory=set)
    cleared: set[str] = field(default_factory=set)
    texting: bool = field(default_factory=texting)

    def forbidden(self, cadre_id: int) -> frozenset[str]:
        """Phone hashes of the person and of everybody in his unit."""
        unit = self.units.get(cadre_id)
        colleagues = self.unit_phones[unit] if unit else set()
        own = self.own_phones.get(cadre_id)
        return frozenset({*colleagues, *([own] if own else [])})

    def may_text(self, phone: str | None, cadre_id: int) -> bool:
        """Whether a message to this phone can't land with the rated person or his unit."""
        return self.texting and phone is not None and phone not in self.forbidden(cadre_id)


def directory(session: Session) -> Directory:
    """Read the people, plates and settled doubts once."""
    found = people(session)
    found.plates = set(session.scalars(select(Plate.client_id).where(Plate.revoked_at.is_(None))))
    settled = select(ReviewItem.key).where(ReviewItem.decision == Decision.DIFFERENT)
    found.cleared = set(session.scalars(settled))
    return found


def people(session: Session) -> Directory:
    """The people alone: enough to judge who may be texted."""
    found = Directory()
    everybody = select(Cadre.id, Cadre.unit_id, Cadre.phone_index, Cadre.name)
    for cadre_id, unit_id, phone, name in session.execute(everybody):
        found.units[cadre_id], found.names[cadre_id] = unit_id, name
        if phone:
            found.own_phones[cadre_id] = phone
        if phone and unit_id:
            found.unit_phones[unit_id].add(phone)
    return found


def choose(survey: SurveyRule, people: Directory, client: Client, cadre_id: int) -> Choosing:
    """The channel for one enterprise about one cadre, with its reasons; phones are compared by hash."""
    reach = Reach(
        phones=(client.phone_index,) if client.phone_index else (),
        forbidden=people.forbidden(cadre_id),
        has_plate=client.id in people.plates,
    )
    ways = tuple(one for one in survey.channels if one is not Channel.SMS or people.texting)
    return choose_channel(reach, ways)


def self_dealing(people: Directory, assignment: Assignment, client: Client) -> Note | None:
    """Why this enterprise may not rate this person until somebody has settled the doubt."""
    if client.phone_index and client.phone_index == people.own_phones.get(assignment.cadre_id):
        return note(_("企业电话与被评干部本人电话相同，待核清后纳入"))
    same_name = client.contact and client.contact == people.names.get(assignment.cadre_id)
    if same_name and doubt_key(assignment) not in people.cleared:
        return note(_("企业联系人与被评干部同名，待核清后纳入"))
    return None


def doubt_key(assignment: Assignment) -> str:
    """The key under which an import and a round ask the same question once."""
    return f"self-dealing:{assignment.client_id}:{assignment.cadre_id}"
