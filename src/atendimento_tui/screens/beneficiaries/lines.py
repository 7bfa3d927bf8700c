"""A record as lines of the panel and of a dialog, and a found person as a row of the list. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow, ComingOfAge, RecordView, TicketOfPerson
from atendimento_tui.domain.beneficiaries import ITEMS, SECTIONS
from atendimento_tui.domain.process.record import masked_item
from atendimento_tui.outputs.beneficiaries import change_lines
from atendimento_tui.outputs.bills import bill_line
from atendimento_tui.texts import beneficiaries as texts
from atendimento_tui.texts import formats, words
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import Line

COLUMNS = (
    (texts.COLUMN_NAME, 24, 3, 5),
    (texts.COLUMN_CPF, 14, 0, 4),
    (texts.COLUMN_CARD, 12, 0, 2),
    (texts.COLUMN_PHONE, 15, 0, 1),
    (texts.COLUMN_PLAN, 10, 1, 0),
)
"""Title, width, share of the remaining width, and priority of each column."""


def line_of(row: BeneficiaryRow) -> Line[BeneficiaryRow]:
    """A found person as a row of the list."""
    return Line(row.id, _cells(row), row)


def _cells(row: BeneficiaryRow) -> tuple[str, ...]:
    return (
        row.name,
        masked_item("cpf", row.cpf),
        masked_item("card", row.card),
        masked_item("phone", row.phone),
        row.plan,
    )


def record_lines(view: RecordView, zone: ZoneInfo, today: date) -> Iterator[Content]:
    """All that is known of a person."""
    for section in SECTIONS:
        found = [item for item in ITEMS if item.section == section and view.values[item.key]]
        if found:
            yield plain(texts.SECTIONS[section], "bold")
        for item in found:
            name = plain(f"{texts.ITEM_NAMES[item.key].removesuffix(texts.OF_MAIL)}: ", "dim")
            yield Content("").join([name, plain(view.values[item.key])])
    yield from _family_lines(view)
    if view.bills:
        yield Content("")
        yield plain(texts.BILLS_TITLE, "bold")
        yield from (plain(bill_line(each, today)) for each in view.bills)
    yield Content("")
    yield plain(texts.TICKETS_TITLE.format(count=formats.number(view.ticket_count)), "bold")
    for ticket in view.tickets[: texts.TICKETS_IN_RECORD]:
        yield plain(ticket_line(ticket, zone))
    if not view.tickets:
        yield plain(texts.NO_TICKETS)
    yield Content("")
    yield plain(texts.EVENTS_TITLE, "bold")
    yield from _event_lines(view, zone)


def ticket_line(ticket: TicketOfPerson, zone: ZoneInfo) -> str:
    """A ticket of the person in one line."""
    day = formats.date(ticket.opened_at.astimezone(zone)) if ticket.opened_at else ""
    state = words.STATE.get(ticket.state, ticket.state)
    return "  ".join(filter(None, (formats.protocol_groups(ticket.protocol), day, ticket.service, state)))


def age_line(each: ComingOfAge) -> tuple[str, str]:
    """A dependent who comes of age: the name, and when and whose dependent."""
    when = texts.AGE_TODAY if not each.days else texts.AGE_IN.format(days=each.days)
    aside = texts.AGE_ASIDE.format(age=each.age, day=formats.date(each.on), when=when, holder=each.holder)
    return each.person.name, aside


def _family_lines(view: RecordView) -> Iterator[Content]:
    if not view.family:
        return
    yield Content("")
    yield plain(texts.FAMILY_TITLE, "bold")
    for each in view.family:
        role = texts.IS_HOLDER if each.id == view.record.holder else each.values["relation"]
        yield plain("  ".join(filter(None, (each.name, role, each.values["plan"]))))


def _event_lines(view: RecordView, zone: ZoneInfo) -> Iterator[Content]:
    for event in view.events:
        at = event.at.astimezone(zone)
        actor = view.names.get(event.actor or 0, words.SYSTEM)
        yield plain(f"{formats.date(at)} {at:%H:%M}  {actor} {texts.EVENT.get(event.kind, event.kind)}")
        is_first = event.kind == "incluido"
        for line in () if is_first else change_lines(event.changes, view.people):
            yield plain(f"    {line}")


def section_names() -> Sequence[tuple[str, str]]:
    """The parts of a record that can be changed, with the names of their items."""
    return [
        (
            section,
            ", ".join(
                texts.ITEM_NAMES[item.key].removesuffix(texts.OF_MAIL) for item in ITEMS if item.section == section
            ),
        )
        for section in SECTIONS
    ]
