"""A secret ticket on the desk of `living`, and what nobody but its committee may ever read."""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, update_one, writing
from atendimento_tui.data.queries.people import group_named
from atendimento_tui.domain.access import UNNAMED, Actor, Role
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, attachments, intake, processes
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk
from tests.domain.walk import FILES
from tests.living import BRUNO, CELIA, NOW, Living

COMMITTEE = "Comitê de Integridade"
REQUESTER, REPORT, SUBJECT, COMMENT = "Zuleika Xisto", "desviou quirquincho", "Assunto quetzalcoatl", "ouvi wombat"
FILE, CONTENT = "prova tamanduá.txt", b"sussuarana"
WORDS = ("zuleika", "xisto", "quirquincho", "quetzalcoatl", "wombat", "tamandua")
"""Words that stand nowhere else, folded."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret ticket, with a comment and an attachment, whose owner is Célia."""

    ticket: int
    protocol: str
    version: int
    group: int
    beneficiary: int

    @property
    def words(self) -> tuple[str, ...]:
        """What no output of anybody else has."""
        return (*WORDS, self.protocol, self.protocol[-6:], f"{self.protocol[-14:-6]}.{self.protocol[-6:]}")


def set_groups(desk: Desk, person: int, *groups: int) -> None:
    with writing(desk.engine) as connection:
        connection.execute(delete(tables.Membership).where(col(tables.Membership.person_id) == person))
        insert_many(connection, tables.Membership, [{"person_id": person, "group_id": group} for group in groups])


def set_role(desk: Desk, person: int, role: str) -> None:
    with writing(desk.engine) as connection:
        update_one(connection, tables.Person, person, {"role": role})


def include_secret_service(desk: Desk) -> int:
    """Include the service, with Célia as the only member of its group.

    Returns:
        The group.
    """
    processes.include_file(desk, FILES["denuncia"], make_groups=True)
    with writing(desk.engine) as connection:
        group = group_named(connection, COMMITTEE)
    assert group
    set_groups(desk, CELIA, group)
    return group


def version_of(desk: Desk) -> int:
    return next(each.version for each in processes.offered(desk) if each.key == "denuncia")


def open_secret(living: Living) -> Secret:
    """Include the service, and open a ticket."""
    desk = living.desk
    group = include_secret_service(desk)
    version = version_of(desk)
    begun = intake.begin(desk, version, CELIA, living.request(), living.now)
    about = add_beneficiary(desk, living.now, name="Yara Prata", born_on="01/02/1990").id
    form = intake.Intake(Severity.HIGH, REQUESTER, SUBJECT, "telefone", about, {"relato": REPORT})
    intake.finish(desk, living.order(begun.ticket, CELIA), form)
    acts.claim(desk, living.order(begun.ticket, CELIA))
    acts.comment(desk, living.order(begun.ticket, CELIA), COMMENT)
    attachments.attach(desk, living.order(begun.ticket, CELIA), FILE, CONTENT)
    return Secret(begun.ticket, begun.protocol, version, group, about)


def outsiders() -> list[Actor]:
    """An actor of each role that is in no secret group, a script, and a command without a name."""
    people = [Actor(BRUNO, role, frozenset({1, 2})) for role in Role if role not in (Role.SYSTEM, Role.UNNAMED)]
    return [*people, Actor(None, Role.SUPERVISOR, frozenset({1})), UNNAMED]


def order_of(living: Living, secret: Secret, actor: Actor) -> Order:
    return Order(secret.ticket, actor.person, living.request(), NOW)
