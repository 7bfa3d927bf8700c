"""A list is read in the same number of statements, however long it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.queue import PageRequest, QueueView
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import writing
from atendimento_tui.data.logs import read_map
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.services import intake, processes, queue
from atendimento_tui.services.acts import claim, comment
from atendimento_tui.services.audit import differences
from atendimento_tui.services.clocks import export_deadlines
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.history import import_history
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from tests.living import ANA, BRUNO, NOW, Living, in_days, solution

MAP = Path(__file__).parents[1] / "data" / "log.toml"
FEW = 4

OPENING, CLAIM, COMMENT = 15, 8, 9
"""Statements of an act, without those that begin and end its transactions. Opening is two: the number, and the rest."""

OF_A_SERVER = {"SELECT pg_advisory_xact_lock": 1, "SELECT pg_notify": 1}
"""What a server needs besides in each transaction, at most."""

SERVICE = """
chave = "retorno"
nome = "Retorno"
assunto = "Retorno"

[prazos.solucao]
calendario = "expediente"
alvo = "2h"

[ao_abrir]
inicia = "solucao"

[[etapas]]
chave = "fila"
nome = "Fila"
grupo = "Suporte N1"

[[etapas.acoes]]
chave = "encerrar"
rotulo = "Encerrar"
faz = { ir = "fim" }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@contextmanager
def reads(desk: Desk) -> Iterator[list[str]]:
    """The reading statements that are sent to the desk's database meanwhile."""
    sent: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(desk.engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(desk.engine, "before_cursor_execute", listen)


@contextmanager
def all_statements(desk: Desk) -> Iterator[list[str]]:
    """The statements that are sent to the desk's database meanwhile, without those that begin a transaction."""
    sent: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(desk.engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(desk.engine, "before_cursor_execute", listen)


def own(sent: list[str], transactions: int) -> list[str]:
    """Those of an act itself; those of a server are counted here."""
    for begin, most in OF_A_SERVER.items():
        assert len([each for each in sent if each.startswith(begin)]) <= most * transactions
    return [each for each in sent if not each.startswith(tuple(OF_A_SERVER))]


def cold(desk: Desk) -> Desk:
    """The same desk as a program opens it that knows nothing of it yet."""
    return open_desk(desk.file or desk.engine.url.render_as_string(hide_password=False), NOW)


def read_twice(desk: Desk, more: Callable[[], None], read: Callable[[Desk], object]) -> list[int]:
    """How many statements it takes to read with some of what `more` makes, and with twice as many."""
    counted = []
    for _ in range(2):
        more()
        with cold(desk) as other, reads(other) as sent:
            read(other)
        counted.append(len(sent))
    return counted


def test_statements_to_read_a_ticket_do_not_depend_on_its_history(desk: Desk) -> None:
    living = Living(desk)
    ticket = living.open(clocks=(solution(), in_days(ClockKind.AUDIT, 5)))

    def more() -> None:
        for number in range(FEW):
            living.comment(ticket, f"Liguei {number}.", actor=BRUNO)
            living.wait(minutes=5)
            living.pause(ticket)
            living.wait(minutes=5)
            living.resume(ticket)

    few, twice = read_twice(desk, more, lambda other: ticket_view(other, living.now, ticket_id=ticket))
    assert few == twice


def test_statements_to_export_deadlines_do_not_depend_on_the_tickets(desk: Desk, tmp_path: Path) -> None:
    living, path = Living(desk), tmp_path / "prazos.csv"

    def more() -> None:
        for _ in range(FEW):
            living.pause(living.open())

    few, twice = read_twice(desk, more, lambda other: export_deadlines(other, path, living.now, replace=True))
    assert few == twice


def test_statements_to_read_the_queue_do_not_depend_on_its_rows(desk: Desk) -> None:
    living, view = Living(desk), QueueView(filter="boleto")

    def more() -> None:
        for _ in range(FEW):
            living.claim(living.open(), BRUNO)

    few, twice = read_twice(desk, more, lambda other: queue.window(other, view, PageRequest(0, 50), living.now))
    assert few == twice


def test_statements_to_audit_a_desk_do_not_depend_on_its_tickets(desk: Desk) -> None:
    living = Living(desk)

    def more() -> None:
        for _ in range(FEW):
            living.comment(living.open())

    few, twice = read_twice(desk, more, differences)
    assert few == twice


def test_statements_to_read_calendars_and_services_do_not_depend_on_their_number(desk: Desk) -> None:
    made = iter(range(100))

    def more() -> None:
        with writing(desk.engine) as connection:
            for _ in range(FEW):
                name = f"Balcão {next(made)}"
                spec = CalendarSpec.model_validate({"name": name, "week": {"seg-sex": ("08:00-20:00",)}})
                store_calendar(connection, spec, NOW)

    few, twice = read_twice(desk, more, Desk.info)
    assert few == twice
    with cold(desk) as other, reads(other) as sent:
        assert len(processes.offered(other)) > 1
    assert len(sent) == 2


@pytest.fixture
def open_with_term(desk: Desk, tmp_path: Path) -> Callable[[], int]:
    """Opens a ticket with two timers: that its term comes near, and that it is over."""
    path, numbers = tmp_path / "retorno.toml", count()
    path.write_text(SERVICE, "utf-8")
    processes.include_file(desk, path)
    [service] = [each for each in processes.offered(desk) if each.key == "retorno"]
    details = intake.Intake(Severity.MEDIUM, "Maria", "", "telefone", None, {})

    def opened() -> int:
        name = next(numbers)
        begun = intake.begin(desk, service.version, ANA, f"begin-{name}", NOW)
        return intake.finish(desk, Order(begun.ticket, ANA, f"finish-{name}", NOW), details).ticket

    return opened


def test_statements_to_sweep_a_ticket_do_not_depend_on_other_due_tickets(
    desk: Desk, open_with_term: Callable[[], int]
) -> None:
    opened: list[int] = []
    happened: list[int] = []

    def more() -> None:
        opened.extend(open_with_term() for _ in range(FEW))

    def swept(other: Desk) -> None:
        happened.append(sweep(other, NOW + timedelta(days=2), opened[-1]))

    few, twice = read_twice(desk, more, swept)
    assert few == twice
    assert happened == [2, 2]


def test_a_sweep_reads_each_ticket_once_for_all_its_timers(desk: Desk, open_with_term: Callable[[], int]) -> None:
    for _ in range(FEW):
        open_with_term()
    with reads(desk) as sent:
        assert sweep(desk, NOW + timedelta(days=2)) == 2 * FEW
    assert len([each for each in sent if "FROM clock" in each]) == FEW


def test_an_opening_and_the_acts_after_it_have_few_statements(desk: Desk) -> None:
    [fault] = [each for each in processes.offered(desk) if each.key == "falha_tecnica"]
    answers = {"produto": "ERP", "versao": "9.1", "descricao": "Não abre", "email": "ti@exemplo.com.br"}
    details = intake.Intake(Severity.MEDIUM, "Maria", "", "telefone", None, answers)

    def opened(name: str) -> int:
        begun = intake.begin(desk, fault.version, ANA, f"begin-{name}", NOW)
        return intake.finish(desk, Order(begun.ticket, ANA, f"finish-{name}", NOW), details).ticket

    opened("first")  # the day's series of numbers is there, and what is read once is known
    with all_statements(desk) as sent:
        ticket = opened("second")
    assert len(own(sent, transactions=2)) <= OPENING, sent
    with all_statements(desk) as sent:
        claim(desk, Order(ticket, ANA, "claim", NOW))
    assert len(own(sent, transactions=1)) <= CLAIM, sent
    with all_statements(desk) as sent:
        comment(desk, Order(ticket, ANA, "comment", NOW), "Passos reproduzidos.")
    assert len(own(sent, transactions=1)) <= COMMENT, sent


@pytest.mark.parametrize("known", [False, True], ids=["the first time", "again"])
def test_reads_of_an_imported_batch_do_not_depend_on_its_cases(desk: Desk, tmp_path: Path, known: bool) -> None:
    log_map = read_map(MAP)
    begun = iter(range(0, 10_000, 100))

    def imported(cases: int) -> int:
        log, first = tmp_path / "log.csv", next(begun)
        lines = ["caso,rotulo,instante,pessoa,assunto,setor"]
        for case in range(first, first + cases):
            for hour, label in ((9, "Aceito+Em curso"), (10, "Aceito+Espera - Cliente"), (11, "Aceito+Em curso")):
                lines.append(f"C-{case},{label},2026-03-02T{hour:02}:00:00,Pessoa {case}-{hour},Não imprime,TI")
        log.write_text("\n".join([*lines, ""]), "utf-8")
        if known:
            import_history(desk, log, log_map, later(), silent)
        with reads(desk) as sent:
            report = import_history(desk, log, log_map, later(), silent)
        assert (report.already_there if known else report.cases) == cases
        return len(sent)

    imported(1)  # the service, the calendar and the day's series are there
    assert imported(FEW) == imported(2 * FEW)


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def later() -> datetime:
    return NOW + timedelta(days=30)
