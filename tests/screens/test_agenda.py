"""The place of the agenda: the filter narrows as one types, the grid stays true while others book."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from atendimento_tui import paths
from atendimento_tui.contracts.bookings import HoldAsked
from atendimento_tui.contracts.providers import Unplaced
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import DatabaseUnavailable, instant
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.bookings import SlotKey
from atendimento_tui.screens.to_move import CANCEL, COPY, MOVE, SHOW, acts_of
from atendimento_tui.services import agenda, appointments, availability, beneficiaries, bookings, intake, providers
from atendimento_tui.services.beneficiaries import add_beneficiary, find_beneficiaries
from atendimento_tui.texts import agenda as texts
from atendimento_tui.widgets.line_input import LineInput
from tests.an_agenda import booked, doctor, furnish
from tests.driver import Window
from tests.living import rows
from tests.screens.conftest import USUAL, BlockService, OpenWindow, become, no_harm
from tests.screens.test_ticket import opened
from tests.services.test_booking_import import imported, line
from tests.small_desk import ANA, Clock, SmallDesk, local

WIDE = (120, 40)
ATTENDANT = Actor(1, Role.ATTENDANT, frozenset())


@pytest.fixture(scope="session")
def desk_with_doctors(
    desk_with_tickets: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, int]]:
    """The file of a desk with three professionals in two cities, to be copied; the next slots are at half past ten."""
    path = Path(shutil.copyfile(desk_with_tickets[0], tmp_path_factory.mktemp("agenda") / "desk.db"))
    with closing(SmallDesk.at(path, Clock())) as own:
        desk, now = own.desk, own.clock()
        furnish(desk, now)
        return path, {
            "Bia": doctor(desk, "Bia [b]Rocha[/]", hours="qua-sex 10:30-12", now=now),
            "Álvaro": doctor(
                desk, "Álvaro Nunes", "Clínica médica", site="Clínica Praia", hours="qua-sex 11-12", now=now
            ),
            "Davi": doctor(desk, "Davi Melo", "Acupuntura", hours="qui 15-16", capacity=3, now=now),
        }


@pytest.fixture
def desk_file(desk_with_doctors: tuple[Path, dict[str, int]], tmp_path: Path) -> Path:
    """The test's copy of it."""
    return Path(shutil.copyfile(desk_with_doctors[0], tmp_path / "desk.db"))


@pytest.fixture
def doctors(desk_with_doctors: tuple[Path, dict[str, int]]) -> dict[str, int]:
    """Name -> id of the professionals."""
    return desk_with_doctors[1]


def at_agenda(window: Window) -> Window:
    return window.queue().press("ir.agenda").place("AgendaScreen").rest()


@pytest.mark.parametrize("size", [WIDE, USUAL])
def test_it_looks_like_this_and_fits(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = at_agenda(open_window(size=size)).shows("1ª vaga: hoje 10:30")
    window.press_key("tab").type("cardio").shows("RN 566, II: até 12/05 (14 dias úteis)").press_key("down").rest()
    window.shows("● no prazo").snapshot(f"agenda-{size[0]}x{size[1]}")
    no_harm(window)


def test_the_footer_has_the_keys_of_the_field_or_of_the_slots_and_each_field_narrows(open_window: OpenWindow) -> None:
    """In a field of the filter letters and the slash are text."""
    window = at_agenda(open_window(size=WIDE)).shows("↓ Vagas").does_not_show("/ Procurar").does_not_show("c Mês")
    window.type("/c").rest()
    assert window.app.screen.query_one("#city", LineInput).value == "/c"
    window.press_key("escape", "down").rest().shows("/ Procurar").shows("c Mês").does_not_show("↓ Vagas")
    window.press_key("slash").rest().shows("↓ Vagas").does_not_show("/ Procurar")
    window.shows("Bia [b]Rocha[/]").shows("Álvaro Nunes")
    window.type("santos").rest().does_not_show("10:30 Bia").shows("1ª vaga: hoje 11:00")
    window.press_key("escape").rest().shows("Bia [b]Rocha[/]")
    window.press_key("tab", "tab").type("davi").rest().shows(texts.CHOSEN.strip()).shows("qui 23/04")
    window.press_key("tab").type("24/").shows("“24/” não é um dia").type("04").rest().shows("qui 30/04").does_not_show(
        "qui 23/04"
    )


def test_an_agenda_without_professionals_says_how_they_come(
    open_window: OpenWindow, desk_with_tickets: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    at_agenda(open_window(Path(shutil.copyfile(desk_with_tickets[0], tmp_path / "none.db")), size=USUAL)).shows(
        "A agenda ainda não tem profissionais."
    ).shows("g o em qualquer lista")


def test_the_limit_that_is_missed_is_said(open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]) -> None:
    assert doctors
    availability.add_absence(others.desk, "Bia [b]Rocha[/]", "01/04/2026", "30/05/2026", "férias", others.clock())
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio")
    window.shows("▲ nada livre no prazo").shows("▲ após limite")


def test_the_limit_that_is_missed_is_recorded_in_the_request_once(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]
) -> None:
    assert doctors
    availability.add_absence(others.desk, "Bia [b]Rocha[/]", "01/04/2026", "30/05/2026", "férias", others.clock())
    protocol = others.begin("agendamento", especialidade="Cardiologia", motivo="Dor")
    window = opened(open_window(size=WIDE), protocol).press("ir.agenda").place("AgendaScreen").rest()
    window.type("xyz").press_key("tab").type("cardio").rest().does_not_show(texts.LIMIT_TOLD)
    window.press_key("shift+tab", "escape").rest().shows(texts.LIMIT_TOLD).forget_toasts()
    window.press_key("tab").type("l").rest().does_not_show(texts.LIMIT_TOLD)
    [missed] = [event for event in others.events(protocol) if event[0] == "sem_vaga_no_prazo"]
    first = "a primeira vaga é qua 03/06/2026 10:30, Bia [b]Rocha[/], Clínica Centro"
    assert missed[1:] == (ANA, f"Cardiologia (RN 566, II): nada livre até 12/05/2026; {first}")
    become(window.press_key("down").shows("para o atendimento"), "bruno").does_not_show("para o atendimento")
    window.shows("Davi Melo")


def test_a_slot_taken_elsewhere_goes_and_the_cursor_stays(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]
) -> None:
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio").rest().press_key("down")
    window.press_key("down").rest().shows("qua 22/04/2026 11:00, 30 min")
    booked(others.desk, doctors["Bia"], local(22, 10, 30), specialty=1)
    window.shows("1ª vaga: hoje 11:00").rest().shows("qua 22/04/2026 11:00, 30 min")
    booked(others.desk, doctors["Bia"], local(22, 11), specialty=1)
    window.shows("1ª vaga: hoje 11:30").shows(texts.GONE[:40]).shows("qua 22/04/2026 11:30, 30 min")


def test_the_slot_of_a_hold_that_ends_by_itself_comes_back(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written when a hold ends, so no change tells of it."""
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio").rest().shows("1ª vaga: hoje 10:30")
    slot = SlotKey(doctors["Bia"], 1, 1, local(22, 10, 30))
    bookings.hold(others.desk.acting_as(ATTENDANT), HoldAsked(slot), others.clock())
    window.shows("1ª vaga: hoje 11:00")
    later = timedelta(minutes=6)
    monkeypatch.setattr(agenda, "instant", lambda connection: instant(connection) + later)
    window.tick().rest().shows("1ª vaga: hoje 11:00")
    others.clock.now += later
    window.tick().shows("1ª vaga: hoje 10:30")


def test_the_grid_is_walked_by_arrows_and_pages_and_without_a_free_slot_it_says_what_to_do(
    open_window: OpenWindow,
) -> None:
    window = at_agenda(open_window(size=USUAL)).press_key("tab").type("cardio").rest().press_key("down")
    window.press_key("right", "right").rest().shows("sex 24/04/2026 10:30")
    window.press_key("up", "down", "down", "down", "down").rest().shows("sex 24/04/2026 11:30")
    window.press_key("right", "right", "right", "right", "right").rest().shows("A partir de 08/05 10:30")
    window.press_key("pageup").rest().shows("qua 22/04 · hoje").press_key("pageup").shows(texts.BEGIN)
    window.forget_toasts().click("qui 23/04").press_key("home").rest().shows("qua 22/04/2026 10:30")
    window.click("11:30 Bia").rest().shows("qua 22/04/2026 11:30")
    window.press("agenda.limpar").rest().press_key("slash").type("xyz").shows("Nenhuma vaga livre com este filtro")
    window.press_key("escape").shows("1ª vaga: hoje 10:30").press_key("down").press_key("escape").rest()
    window.type("rio").shows("Nenhuma vaga livre com este filtro").press("agenda.limpar").rest()
    window.press_key("down").press_key("x").rest().shows("1ª vaga: hoje 10:30")
    window.press_key("escape").place("QueueScreen")


def test_bookings_whose_time_was_closed_are_listed_with_the_message(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]
) -> None:
    window = at_agenda(open_window(size=USUAL)).press_key("down").press_key("m").shows(texts.NOTHING_TO_MOVE)
    booked(others.desk, doctors["Bia"], local(23, 11), name="Zulmira Quaresma")
    now = others.clock() + timedelta(minutes=1)
    availability.add_absence(others.desk, "Bia [b]Rocha[/]", "23/04/2026", "", "congresso", now)
    window.press_key("m").dialog("ChooseDialog").shows("Zulmira Quaresma").shows("horário fechado").press_key("enter")
    window.shows("Copiar a mensagem").does_not_show("Remarcar: escolher").press_key("enter").no_dialog()
    window.shows("Mensagem copiada")
    assert "Olá, Zulmira Quaresma. O seu atendimento de Cardiologia" in window.app.clipboard


def test_an_imported_booking_is_moved_by_a_request_or_cancelled(
    open_window: OpenWindow, booking: SmallDesk, tmp_path: Path
) -> None:
    who, now = "Bia [b]Rocha[/]", booking.clock()
    lines = [line(f"a{n}", "23/04/2026 11:00", who=who, name=name) for n, name in enumerate(("Ivo", "Zé [b]", "Eva"))]
    imported(booking.desk, tmp_path, *lines, now=now)
    window = at_agenda(open_window(size=WIDE)).press_key("down").press_key("m").dialog("ChooseDialog").shows("Zé [b]")
    window.shows("conflito: o horário é de outra pessoa").type("eva").rest().press_key("enter").shows(
        "Copiar a mensagem"
    )
    window.press_key("down", "down", "enter").dialog("KeepDialog").paste("Não vem mais").press_key("ctrl+s").no_dialog()
    window.shows("Consulta desmarcada").forget_toasts().press_key("m").dialog("ChooseDialog").does_not_show("Eva")
    window.press_key("enter").shows("Copiar a mensagem").press_key("down", "enter").no_dialog()
    window.shows("no lugar do importado nº 2, Zé [b]").press_key("escape").rest().press_key("escape").rest()
    window.does_not_show("no lugar do importado").press_key("down").press_key("m").press_key("enter")
    window.press_key("down", "enter").no_dialog().shows("no lugar do importado").press_key("down", "enter")
    window.dialog("BookDialog").type("zulm").shows("Zulmira Quaresma").press_key("enter").shows("12/03/1980")
    window.press_key("enter").rest().let_focus(window.app.screen.query_one("#campo-motivo")).type("Dor")
    window.let_focus(window.app.screen.query_one("#campo-aviso")).press_key("right").press_key("ctrl+s")
    window.dialog("ReadingDialog")
    assert [state for state, *_ in states(booking)] == ["booked", "moved", "cancelled", "booked"]
    assert rows(booking.desk, "SELECT moved_from FROM booking WHERE ticket_id IS NOT NULL") == [(2,)]


def test_who_moves_an_imported_booking_is_asked_for_the_identity_of_its_person(
    open_window: OpenWindow, booking: SmallDesk, tmp_path: Path
) -> None:
    taken, of = "23/04/2026 11:00", {"who": "Bia [b]Rocha[/]"}
    lines = line("a1", taken, **of), line("a2", taken, cpf="529.982.247-25", name="Zu Q.", **of)
    imported(booking.desk, tmp_path, *lines, now=booking.clock())
    window = at_agenda(open_window(size=WIDE)).press_key("down", "m").dialog("ChooseDialog").press_key("enter")
    window.shows("Copiar a mensagem").press_key("down", "enter").no_dialog().shows("no lugar do importado")
    window.press_key("down", "enter").dialog("BookDialog").shows("12/03/1980").press_key(*["escape"] * 3)
    window.no_dialog().shows("ficou abandonado").forget_toasts().press_key("enter").dialog("BookDialog")
    window.shows("12/03/1980").press_key("enter").shows("identidade confirmada: Zulmira Quaresma")


def test_what_can_be_done_with_one_to_be_moved() -> None:
    imported_one = Unplaced(1, None, "", local(23, 11), "Bia", "Centro", "", "", "", is_imported=True)
    ours = replace(imported_one, ticket=7, is_imported=False)
    assert [*acts_of(imported_one, may_book=True, can_look=True)] == [COPY, MOVE, CANCEL]
    assert [*acts_of(imported_one, may_book=True, can_look=False)] == [COPY, CANCEL]
    assert [*acts_of(imported_one, may_book=False, can_look=True)] == [COPY]
    assert [*acts_of(ours, may_book=True, can_look=True)] == [COPY, SHOW]


@pytest.fixture
def booking(others: SmallDesk, doctors: dict[str, int]) -> SmallDesk:
    """A desk with professionals, and a beneficiary."""
    assert doctors
    add_beneficiary(others.desk, others.clock(), name="Zulmira Quaresma", cpf="529.982.247-25", born_on="12/03/1980")
    return others


def states(others: SmallDesk) -> list[tuple[object, ...]]:
    return rows(others.desk, "SELECT state, provider_id, ticket_id IS NOT NULL FROM booking ORDER BY id")


def test_a_slot_is_held_the_identity_confirmed_and_booked_under_its_protocol(
    open_window: OpenWindow, booking: SmallDesk, doctors: dict[str, int], block_service: BlockService
) -> None:
    window, look = at_agenda(open_window(size=USUAL)).press_key("tab"), block_service(agenda, "lookup")
    window.press_at_once(*"cardio", "down", "enter").until(lambda: look.calls > 0, "the slots are being read")
    look.release()  # the keys after the filter act on its slots
    window.dialog("BookDialog").shows("Vaga reservada por 5:00").shows("Agendar · protocolo")
    assert states(booking) == [("held", doctors["Bia"], 0)]
    booking.clock.now += timedelta(seconds=70)
    window.tick().shows("Vaga reservada por 3:50").rest().snapshot("agenda-book-80x24")
    window.press_key("ctrl+s").shows("Diga de quem se trata")
    find = block_service(beneficiaries, "find_beneficiaries")
    window.press_at_once(*"zulm", "enter").until(lambda: find.calls > 0, "people are being searched for")
    find.release()  # Enter waits for who is found
    window.shows("12/03/1980").press_key("enter").does_not_show("Diga de quem se trata")
    window.let_focus(window.app.screen.query_one("#campo-motivo")).paste("Dor [b]no peito[/]").press_key("ctrl+s")
    window.shows("falta preencher “Confirmação”").does_not_show(texts.OPENED_ALREADY[:40]).rest()
    assert newest(booking, 1)[0][1] == "abandonado"  # it is not open, so that all answers can still be changed
    assert window.app.screen.query_one("#campo-aviso").has_focus
    window.press_key("right").press_key("ctrl+s")
    window.dialog("ReadingDialog").shows("Agendado: leia em voz alta").shows("quarta-feira, 22/04/2026, às 10:30")
    assert states(booking) == [("booked", doctors["Bia"], 1)]
    window.press_key("escape").no_dialog().place("TicketScreen").shows("Consulta marcada")


def test_escape_gives_the_slot_back_and_looks_again_where_the_feed_is_slow(
    open_window: OpenWindow, booking: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at_agenda(open_window(size=WIDE)).press_key("down", "enter").dialog("BookDialog").press_key("escape")
    window.no_dialog().shows("A vaga está livre de novo.").shows("1ª vaga: hoje 10:30")
    assert [state for state, *_ in states(booking)] == ["cancelled"]
    window.forget_toasts().press_key("home", "enter").dialog("BookDialog").shows("qua 22/04/2026 10:30").rest()
    monkeypatch.setattr(window.app, "_add_changes", lambda _: None)
    monkeypatch.setattr(window.app, "on_refresh_changed", lambda: None)
    window.press_key("escape").no_dialog().shows("1ª vaga: hoje 10:30")


def newest(others: SmallDesk, count: int) -> list[tuple[object, ...]]:
    """Protocol and state of the newest tickets."""
    return rows(others.desk, "SELECT protocol, state FROM ticket ORDER BY id DESC")[:count]


def lose_hold(others: SmallDesk) -> None:
    """Give the newest hold back behind the window, so that its booking is refused."""
    [token] = rows(others.desk, "SELECT token FROM booking WHERE state = 'held'")[0]
    assert bookings.release(others.desk, str(token))


def fill(window: Window, person: str = "zulm", reason: str = "Dor [b]no peito[/]") -> Window:
    """Confirm a person, and type the reason."""
    window.type(person).press_key("enter").rest().press_key("enter").rest()
    return window.let_focus(window.app.screen.query_one("#campo-motivo")).type(reason).rest()


def test_what_was_typed_is_kept_for_another_slot_under_the_same_protocol(
    open_window: OpenWindow, booking: SmallDesk
) -> None:
    """What is typed while the slot is being held goes to the dialog."""
    window = at_agenda(open_window(size=USUAL)).press_key("down").press_at_once("enter", *"zulm").dialog("BookDialog")
    window = fill(window, person="")
    [(protocol, _)] = newest(booking, 1)
    window.press_key("escape").no_dialog().shows("fica guardado").forget_toasts().press_key("down", "enter")
    window.dialog("ChooseDialog").shows(texts.UNFINISHED).shows("Zulmira Quaresma · Dor [b]no peito[/]")
    window.press_key("enter").dialog("BookDialog").shows("qua 22/04/2026 11:00").shows("Dor [b]no peito[/]")
    window.shows("Zulmira Quaresma  ***").press_key("enter", "enter").rest()
    window.let_focus(window.app.screen.query_one("#campo-aviso")).press_key("right", "ctrl+s").dialog("ReadingDialog")
    assert newest(booking, 1) == [(protocol, "aguardando")]
    window.press_key("escape").no_dialog().press_key("escape").place("AgendaScreen").rest().press_key("home", "enter")
    window.dialog("BookDialog").does_not_show("Dor [b]no peito[/]")
    window.until(lambda: not [*paths.drafts_folder().rglob("*.words")], "no draft is left")


def test_what_was_typed_survives_the_window_and_can_be_thrown_away(open_window: OpenWindow, booking: SmallDesk) -> None:
    with Window(booking.path, booking.clock, actor=ANA, size=USUAL) as window:
        fill(at_agenda(window).press_key("down", "enter").dialog("BookDialog"))
    window = at_agenda(open_window(size=USUAL)).press_key("down", "e").dialog("ChooseDialog").press_key("enter")
    window.dialog("WaitDialog").shows("Dor [b]no peito[/]").let_focus(window.app.screen.query_one("#espera-until"))
    window.type("30/04/2026").rest().press_key("escape").no_dialog().shows("fica guardado").forget_toasts()
    window.press_key("enter").dialog("ChooseDialog").shows("30/04/2026").press_key("down", "enter")
    window.dialog("BookDialog").does_not_show("Dor [b]no peito[/]").press_key("escape").no_dialog().rest()
    assert not [*paths.drafts_folder().rglob("*.words")]


def test_what_a_ticket_was_opened_with_is_not_asked_again(open_window: OpenWindow, booking: SmallDesk) -> None:
    """Another person who is typed after that would be ignored."""
    window = fill(at_agenda(open_window(size=USUAL)).press_key("down", "enter").dialog("BookDialog"))
    lose_hold(booking)
    window.let_focus(window.app.screen.query_one("#campo-aviso")).press_key("right")
    window.does_not_show(texts.OPENED_ALREADY[:40]).press_key("ctrl+s").shows("A reserva")
    window.shows(texts.OPENED_ALREADY[:40]).shows(texts.BOOK_HINT).press_key(*["shift+tab"] * 9).type("x").rest()
    assert not window.app.screen.query_one("#pessoa").has_focus_within
    window.does_not_show("Zulmirax").press_key("escape").no_dialog().shows("continua onde estava").forget_toasts()
    window.press_key("enter").dialog("BookDialog").does_not_show("Dor [b]no peito[/]")
    assert [state for _, state in newest(booking, 2)] == ["abandonado", "aberto"]


def test_a_ticket_that_was_opened_before_the_window_was_lost_is_gone_on_with(
    open_window: OpenWindow, booking: SmallDesk
) -> None:
    with Window(booking.path, booking.clock, actor=ANA, size=WIDE) as window:
        fill(at_agenda(window).press_key("down", "enter").dialog("BookDialog"))
        lose_hold(booking)
        window.let_focus(window.app.screen.query_one("#campo-aviso")).press_key("right", "ctrl+s")
        window.shows("A reserva").rest()
    [(protocol, _)] = newest(booking, 1)
    window = at_agenda(open_window(size=WIDE)).press_key("down", "enter").dialog("ChooseDialog").press_key("enter")
    window.dialog("BookDialog").does_not_show("Motivo da consulta").press_key("right", "ctrl+s").dialog("ReadingDialog")
    assert newest(booking, 1) == [(protocol, "aguardando")]


def test_who_is_not_registered_is_told_what_to_do_and_while_the_database_is_lost_what_becomes_of_the_slot(
    open_window: OpenWindow, booking: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert booking
    window = at_agenda(open_window(size=USUAL)).press_key("down", "enter").dialog("BookDialog").type("ninguém").rest()
    window.press_key("enter").shows("saia com Esc, cadastre-a em F8").type("x").does_not_show("cadastre-a em F8")
    window.press_key("ctrl+u").type("zul").rest()

    def lost(*_: object) -> bool:
        raise DatabaseUnavailable("banco_ocupado", seconds=10)

    monkeypatch.setattr(bookings, "release", lost)
    window.press_key("escape", "escape").no_dialog().shows("a vaga se solta sozinha").does_not_show("tente de novo")


def test_who_was_slower_is_told_who_was_faster_and_what_is_next(
    open_window: OpenWindow, booking: SmallDesk, doctors: dict[str, int]
) -> None:
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio").rest().press_key("down")

    def taken() -> None:
        booked(booking.desk, doctors["Bia"], local(22, 10, 30), specialty=1)

    window.let_at_once(taken).press_key("enter").shows("Livres: qua 22/04/2026 11:00 com Bia").does_not_show("@2026")
    window.shows("1ª vaga: hoje 11:00")


def test_an_open_request_is_booked_from_its_ticket(
    open_window: OpenWindow, booking: SmallDesk, doctors: dict[str, int]
) -> None:
    form = appointments.begin(booking.desk, 1, "begin", booking.clock())
    [person] = find_beneficiaries(booking.desk, "zulmira")
    answers = {"especialidade": "Cardiologia", "motivo": "Dor"}
    order = Order(form.ticket, 1, "finish", booking.clock())
    intake.finish(booking.desk, order, intake.Intake(form.severity, person.name, "", "telefone", person.id, answers))
    window = open_window(size=WIDE).queue()
    window.let(lambda: window.app.show_ticket(form.ticket))
    window.place("TicketScreen").rest().press_key("semicolon").dialog("ChooseDialog").does_not_show("(.ics)")
    window.press_key("escape").no_dialog().press("ir.agenda").place("AgendaScreen").rest().shows("para o atendimento")
    window.press_key("tab").type("cardio").rest().does_not_show(texts.LIMIT_TOLD).press_key("down", "enter")
    window.dialog("BookDialog")
    window.does_not_show("Motivo da consulta").press_key("right").press_key("ctrl+s").dialog("ReadingDialog")
    assert states(booking) == [("booked", doctors["Bia"], 1)]
    window.press_key("escape").no_dialog().place("TicketScreen").rest()
    window.press_key("semicolon").dialog("ChooseDialog").type("agenda").press_key("enter").no_dialog()
    window.shows("Consulta para a agenda (.ics): gravado em")
    [saved] = paths.papers_folder().iterdir()
    assert (saved.suffix, saved.read_bytes()[:17]) == (".ics", b"BEGIN:VCALENDAR\r\n")
    window.press("ir.agenda").place("AgendaScreen").rest().shows("para o atendimento").does_not_show(texts.GONE[:40])
    window.press("ir.fila").place("TicketScreen").shows("Remarcar").press_key("m").place("AgendaScreen").rest().shows(
        "para o atendimento"
    )
    window.press_key("enter").dialog("BookDialog").shows("Remarcar · protocolo").shows(
        "No lugar de qua 22/04/2026 10:30"
    )
    window.shows("● lida").rest()
    assert not [*paths.drafts_folder().rglob("*.words")]  # the ticket's answer is not typed
    window.press_key("backspace", "ctrl+s").shows("falta preencher “Confirmação”").press_key("right").rest()
    window.press_key("ctrl+s").dialog("ReadingDialog").shows("às 11:00")
    assert [state for state, *_ in states(booking)] == ["moved", "booked"]


def test_a_squeeze_in_and_a_second_appointment_ask_for_their_reasons(
    open_window: OpenWindow, booking: SmallDesk, doctors: dict[str, int]
) -> None:
    now = booking.clock()
    providers.change(booking.desk, providers.PROVIDER, "Bia [b]Rocha[/]", {"squeeze_ins": "1"}, now)
    booked(booking.desk, doctors["Bia"], local(22, 10, 30))
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio").rest().shows("1ª vaga: hoje 11:00")
    window.press_key("down", "v").rest().shows("10:30 ocupada · Bia").shows(texts.WITH_TAKEN.strip())
    window.press_key("home", "enter").dialog("KeepDialog").press_key("ctrl+s").shows("cabe um encaixe")
    window.paste("Dor aguda").press_key("ctrl+s").dialog("BookDialog").type("zulm").press_key("enter").press_key(
        "enter"
    )
    window.rest().let_focus(window.app.screen.query_one("#campo-motivo")).type("Dor")
    window.let_focus(window.app.screen.query_one("#campo-aviso")).press_key("right", "ctrl+s").dialog("ReadingDialog")
    window.press_key("escape").no_dialog().shows("Motivo do encaixe: Dor aguda")
    assert states(booking)[-1] == ("booked", doctors["Bia"], 1)
    assert rows(booking.desk, "SELECT place, reason FROM booking ORDER BY id DESC LIMIT 1") == [(2, "Dor aguda")]
    window.does_not_show(texts.GONE[:40])
    hours = {"provider": "Davi Melo", "site": "Clínica Centro", "hours": "qua 10:30-11", "slot": "30", "second": "sim"}
    availability.add_hours(booking.desk, hours, now)
    window.press_key("escape").place("AgendaScreen").rest().press("agenda.limpar")
    window.press_key("tab", "tab").type("davi").rest().shows("10:30 Davi")
    window.press_key("down", "enter").dialog("BookDialog")
    window.does_not_show("Motivo de duas consultas").type("zulm").press_key("enter").press_key("enter").rest()
    window.let_focus(window.app.screen.query_one("#campo-motivo")).type("Dor")
    window.let_focus(window.app.screen.query_one("#campo-aviso")).press_key("right", "ctrl+s")
    window.shows("Para marcar as duas, diga o motivo").shows("Motivo de duas consultas").paste("Acompanha o filho")
    window.press_key("ctrl+s").dialog("ReadingDialog")
    found = rows(booking.desk, "SELECT beneficiary_place, reason FROM booking ORDER BY id DESC LIMIT 1")
    assert found == [(2, "Acompanha o filho")]
