"""Every read of tickets passes through `data.visible`, or stands here with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import atendimento_tui
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from tests.rooms.sources import parsed, statements

DATA = Path(atendimento_tui.__file__).parent / "data"
DOOR = {
    "restricted",
    "conditions",
    "of_visible",
    "open_to",
    "_select",
    "count_of",
    "_without_hidden",
    "without_secrets",
    "is_not_secret",
    "_known",
}
"""What restricts a statement; `_select` is the method of `QueueReader`, `_known` the condition of a booking."""

READS = {"select", "rows_of", "row_of", "_select_clocks", "_select_done", "listed", "_listed"}


def tables_of_tickets() -> set[str]:
    """The table of tickets, and those whose rows belong to one: their names as classes."""
    found, before = {"Ticket"}, set[str]()
    while found != before:
        before = set(found)
        names = {plain(getattr(tables, name)).name for name in found}
        found |= {
            name
            for name in tables.__all__
            if any(key.column.table.name in names for key in plain(getattr(tables, name)).foreign_keys)
        }
    return found


OCCUPIED = "what is taken of the agenda, by whomever: no name and no ticket"
OF_ONE = "of one ticket, whose id was let through before: by `ticket_row` or by `take`"
OF_THE_DESK = "of the desk itself: the sweep, an import, a check, a migration"
BY_ITS_ID = "by the random id of an act, which only who did it knows"

ALLOWED = {
    "agenda._bits": OCCUPIED,
    "agenda._expired": OCCUPIED,
    "agenda.ahead": "ids of bookings whose time a change of the agenda closes; `unplaced` lists them through the door",
    "agenda.next_expiry": OCCUPIED,
    "bookings.expire": OCCUPIED,
    "bookings.expire_all": OCCUPIED,
    "bookings.lock": OCCUPIED,
    "bookings.occupied_by": OCCUPIED,
    "bookings.occupied_count": OCCUPIED,
    "bookings.taken": OCCUPIED,
    "imported_bookings.imported": OF_THE_DESK,
    "imported_bookings.successor": "whose time an import compares with that of its line",
    "waiting.entry_of": OF_ONE,
    "waiting.freed": OF_THE_DESK,
    "waiting.has_work": OF_THE_DESK,
    "waiting.in_line": OF_THE_DESK,
    "waiting.lock_freed": OF_THE_DESK,
    "waiting.note_freed": OF_THE_DESK,
    "waiting.over": OF_THE_DESK,
    "waiting.withdraw_messages": OF_ONE,
    "access.secret_groups_with": "groups that have a ticket; no ticket",
    "attachments._rows": "the columns; every use restricts them",
    "attachments.has_attachment": OF_ONE,
    "bookings._tickets_about": "a part of `bookings_of`, which reads through the door",
    "bookings._rows": "the columns; every use restricts them, or is of one",
    "documents._open_tickets": OF_THE_DESK,
    "documents._stored": OF_ONE,
    "attachments.still_unnamed": OF_THE_DESK,
    "attachments.sizes_of_named": OF_THE_DESK,
    "attachments.all_attachments": OF_THE_DESK,
    "attachments.events_without_attachment": OF_THE_DESK,
    "changes._newer": "ids only; a window reads what changed through the door",
    "changes._newest": "the highest id",
    "condition.use_facts": "the number of windows and two instants of timers, of the sweep and of no ticket",
    "desk._info_and_presence": "a text that is compared and never shown",
    "remittances._items": "the columns; every use restricts them, or is of one ticket",
    "external.number_of": OF_ONE,
    "history.imported_events": OF_THE_DESK,
    "outbox._next": "what a worker of the desk sends",
    "desk._info_columns": "a text that is compared and never shown",
    "outbox.addressee_of": "of a row whose ticket the act has locked",
    "outbox.message_of": "of a message whose ticket the act has locked",
    "received._sent": "read by `of_mail_ids` and `of_protocol`, through the door",
    "received.files_of": "what a worker sends, or a person saves of a message that `outbox_rows` let them read",
    "received.names_of_files": OF_ONE,
    "received.received_ids": "of a ticket that an act has locked",
    "outbox._rows": "read by `outbox_rows`, through the door",
    "outbox.abandoned": OF_THE_DESK,
    "outbox.is_due": OF_THE_DESK,
    "outbox.is_taken": OF_THE_DESK,
    "outbox.thread_of": "the thread of a message that a worker sends",
    "messages.messages_of": OF_ONE,
    "messages._addressees": OF_ONE,
    "papers.due_papers": OF_ONE,
    "tasks.tasks_of": OF_ONE,
    "tasks.task_of": OF_ONE,
    "tickets.finished_intakes": "which drafts on this disk are finished; `hidden_tickets` takes those of others out",
    "tickets._names_in_history": OF_ONE,
    "proof.answers_to": OF_THE_DESK,
    "queue_statements.listed": "the columns; every use restricts them",
    "queue_words.in_texts": "a condition of a restricted statement",
    "queue_statements._open": "a part of a number, from which `_without_hidden` subtracts what is secret to the viewer",
    "queue_counts._counted": OF_THE_DESK,
    "calendars.told_dates": OF_ONE,
    "clocks.clocks_of": OF_ONE,
    "clocks._select_clocks": "the columns; `all_clocks` restricts them",
    "clocks._clock_numbers": OF_ONE,
    "tickets.load": OF_ONE,
    "tickets._take": "`begin_work` refuses what is secret to the person, as the database has them in that statement",
    "tickets.events_of": OF_ONE,
    "tickets.histories": OF_THE_DESK,
    "tickets._answers": OF_ONE,
    "tickets.stored_rows": OF_THE_DESK,
    "tickets.sampled_rows": OF_THE_DESK,
    "privacy.texts_of": "of tickets that its caller was told by a restricted read",
    "privacy.tickets_of": "for anonymising, which says neither which tickets there are nor how many",
    "privacy.has_waiting_message": "as `tickets_of`",
    "privacy.own_requesters": "as `tickets_of`",
    "privacy.answers_of": OF_ONE,
    "privacy.events_with_texts": OF_ONE,
    "privacy.erase_ticket": OF_ONE,
    "register._select": "protocols for the workbook; no secret service registers (`registra`)",
    "register.has_run_on": OF_THE_DESK,
    "register.last_number": OF_THE_DESK,
    "register.enter": OF_ONE,
    "staff.staff": "its counts are those of `_held_by`",
    "staff.versions_in_use": "ids of versions of services, whether or not a ticket of them is secret",
    "requests._select_done": BY_ITS_ID,
    "requests.find_by_request": BY_ITS_ID,
    "requests._select_first": BY_ITS_ID,
    "tickets.compute_terms": OF_THE_DESK,
    "proof.ticket_numbers": OF_THE_DESK,
    "proof.stored_tickets": OF_THE_DESK,
    "proof._events": OF_THE_DESK,
    "proof._answers": OF_THE_DESK,
    "proof.counts": OF_THE_DESK,
    "proof.protocols": OF_THE_DESK,
    "digests.last_event": OF_THE_DESK,
    "digests._of_tickets": OF_THE_DESK,
    "timers.timers_of": OF_ONE,
    "timers._select_due": OF_THE_DESK,
}
"""Functions that read tickets without a condition of `data.visible`, and why."""


def functions() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """(module.function, name of the module, its code) of `data/`, without backends and migrations."""
    files = [file for file in DATA.glob("*.py") if file.stem != "visible"]
    files += [*(DATA / "queries").glob("*.py"), *(DATA / "repositories").glob("*.py")]
    for file in files:
        for node in statements(parsed(file)):
            if isinstance(node, ast.FunctionDef):
                yield f"{file.stem}.{node.name}", file.stem, node


def shorthands(path: Path) -> set[str]:
    """Names of a module that stand for a table of tickets or its columns: `_T = plain(tables.Ticket)`, or its `.c`."""
    named, found = tables_of_tickets(), set()
    for node in parsed(path).body:
        if isinstance(node, ast.Assign):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            names = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            pairs = zip(names, values, strict=True) if len(names) == len(values) else ()
            found |= {name.id for name, value in pairs if isinstance(name, ast.Name) and _is_of_table(value, named)}
    return found


def _is_of_table(value: ast.expr, named: set[str]) -> bool:
    """Whether it is `tables.Ticket`, `plain(tables.Ticket)`, or something of that."""
    is_plain = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "plain"
    attributes = {each.attr for each in ast.walk(value) if isinstance(each, ast.Attribute)}
    return (is_plain or isinstance(value, ast.Attribute)) and bool(attributes & named)


def unrestricted() -> set[str]:
    """The functions that read tickets without a condition of the door."""
    named, found = tables_of_tickets(), set()
    short = {file: shorthands(file) for folder in ("queries", "repositories") for file in (DATA / folder).glob("*.py")}
    of_module: dict[str, set[str]] = {}
    for file, names in short.items():
        of_module.setdefault(file.stem, set()).update(names)
    for name, module, node in functions():
        nodes = [*ast.walk(node)]
        attributes = {each.attr for each in nodes if isinstance(each, ast.Attribute)}
        plain_names = {each.id for each in nodes if isinstance(each, ast.Name)}
        reads = bool(READS & (plain_names | attributes))
        about = bool(named & attributes) or bool(of_module.get(module, set()) & plain_names)
        about = about or bool({"_select_clocks", "_select_done", "listed", "_listed"} & (plain_names | attributes))
        if reads and about and not DOOR & (plain_names | attributes):
            found.add(name)
    return found


def test_the_tables_of_tickets_are_found() -> None:
    assert {
        "Ticket",
        "Event",
        "Message",
        "Addressee",
        "Clock",
        "ClockPause",
        "Task",
        "Timer",
        "Alert",
    } <= tables_of_tickets()
    assert {"FieldValue", "TicketText", "Presence"} <= tables_of_tickets()


def test_every_read_of_tickets_passes_through_the_door_or_is_listed() -> None:
    assert unrestricted() - ALLOWED.keys() == set()


def test_the_list_has_only_functions_that_need_it() -> None:
    assert ALLOWED.keys() - unrestricted() == set()


def test_a_statement_that_forgets_the_door_is_found() -> None:
    assert "tickets.load" in unrestricted()
    assert "queue.overdue_count" not in unrestricted()
