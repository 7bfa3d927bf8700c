"""What a role forbids is dim and says why; what is secret is on no screen of anybody else."""

import pytest
from textual.screen import ModalScreen

from atendimento_tui.actions.action import PlaceRow
from atendimento_tui.actions.areas import availability, providers, queue, tickets
from atendimento_tui.actions.registry import PLACE_ROWS, shown_in
from atendimento_tui.domain.access import Role
from tests.an_agenda import doctor, furnish
from tests.driver import Window
from tests.full import some
from tests.living import Living
from tests.screens.conftest import WIDE, OpenWindow
from tests.secret import SUBJECT, WORDS, Secret, open_secret, set_groups, set_role
from tests.small_desk import ANA, CELIA, SmallDesk

_IDS = {ANA: 1, CELIA: 3}


def is_dim(window: Window, title: str) -> bool:
    """Whether the footer shows the action dim, beside one that is always possible."""
    return window.style_of(f"{title} ").color != window.style_of("Ajuda ").color


def test_a_key_that_the_role_forbids_is_dim_and_says_why(others: SmallDesk, open_window: OpenWindow) -> None:
    set_role(others.desk, _IDS[ANA], Role.AUDITOR)
    set_groups(others.desk, _IDS[ANA])
    window = open_window().queue().shows("Servidor fora do ar")
    assert is_dim(window, "Comentar")
    window.press("fila.comentar").shows("O papel auditoria só pode comentar atendimentos que são seus").no_dialog()
    window.forget_toasts().press("ir.novo").shows("O papel auditoria não pode abrir atendimentos.")
    window.place_is("QueueScreen")


def test_the_steps_of_an_open_ticket_say_what_the_role_forbids(others: SmallDesk, open_window: OpenWindow) -> None:
    others.begin("duvida", pergunta="Como emitir?", produto="Portal")
    set_role(others.desk, _IDS[ANA], Role.AUDITOR)
    set_groups(others.desk, _IDS[ANA])
    window = open_window().queue().press("fila.abrir").place("TicketScreen").press("fila.agir")
    window.shows("O papel auditoria só pode fazer ações da etapa")


def test_somebody_who_sees_no_tickets_has_an_empty_queue(others: SmallDesk, open_window: OpenWindow) -> None:
    set_role(others.desk, _IDS[ANA], Role.ADMINISTRATOR)
    window = open_window()
    window.place("QueueScreen").rest()
    assert window.rows() == []
    window.does_not_show("Servidor fora do ar")


def test_a_role_that_changes_at_another_window_counts_at_once(others: SmallDesk, open_window: OpenWindow) -> None:
    window = open_window().queue()
    assert not is_dim(window, "Comentar")
    set_role(others.desk, _IDS[ANA], Role.AUDITOR)
    set_groups(others.desk, _IDS[ANA])
    window.until(lambda: is_dim(window, "Comentar"), "the key is dim")


# Secrecy.


@pytest.fixture
def secret(others: SmallDesk) -> Secret:
    return open_secret(Living(others.desk, others.clock()))


def says_nothing(window: Window, secret: Secret) -> None:
    text = window.rest().text().casefold()
    assert [word for word in (*WORDS, secret.protocol[-6:]) if word in text] == []


def test_no_screen_of_another_shows_a_secret_ticket(secret: Secret, open_window: OpenWindow) -> None:
    window = open_window().queue()
    says_nothing(window, secret)
    for tab in range(1, 7):
        says_nothing(window.press(f"fila.aba_{tab}"), secret)
    for word in (*WORDS, secret.protocol):
        window.press("fila.filtrar").type(word)
        window.rest()
        assert window.rows() == []
        window.press_key("escape")
    says_nothing(window.press("ir.novo").place("IntakeScreen"), secret)
    window.does_not_show("Denúncia ao canal")


LEAVES = {
    "geral.sair",
    "geral.sair_da_conta",
    "ir.fila",
    "ir.novo",
    "ir.pessoas",
    "ir.calendarios",
    "atendimento.voltar",
    "profissional.voltar",
}
"""Actions that leave the place or the program."""


OPENED = {
    tickets.PLACE.where: (queue.PLACE.where, "fila.abrir", "atendimento.voltar"),
    availability.PLACE.where: (providers.PLACE.where, "oferta.abrir", "profissional.voltar"),
}
"""Place that is opened from a row -> the place of the row, the action that opens it, the one that leads back."""


def go(window: Window, where: str) -> None:
    """Go to a place; what has no way of its own is opened from the list that has it."""
    if where in OPENED:
        listed, opens, _ = OPENED[where]
        window.let(lambda: window.app.go(listed))
        if str(window.app.place.WHERE) != where:  # its mode may show it already
            go(window, listed)
            window.let(lambda: window.app.place.action_do(opens))
    elif (here := str(window.app.place.WHERE)) in OPENED:
        window.let(lambda: window.app.place.action_do(OPENED[here][2]))
        go(window, where)
    else:
        window.let(lambda: window.app.go(where))
    window.until(lambda: str(window.app.place.WHERE) == where, f"the place is {where}").rest()


@pytest.mark.parametrize("place", some(PLACE_ROWS, 3), ids=lambda row: row.where)
def test_no_action_of_any_place_shows_another_a_secret_ticket(
    others: SmallDesk, secret: Secret, open_window: OpenWindow, place: PlaceRow
) -> None:
    """Each action of the registry that the place has, as a supervisor who is not of the committee: the screen, the
    dialog that it opens, toasts, the title of the window."""
    set_role(others.desk, _IDS[ANA], Role.SUPERVISOR)
    if place.where == availability.PLACE.where:
        furnish(others.desk, others.clock())
        doctor(others.desk, "Bia Rocha", now=others.clock())
    window = open_window(size=WIDE).queue()
    tried = 0
    for action in shown_in(place.where):
        if action.id in LEAVES:
            continue
        if str(window.app.place.WHERE) != place.where:
            go(window, place.where)
            says_nothing(window, secret)
        window.let(lambda action=action: window.app.place.action_do(action.id))  # type: ignore[misc]
        says_nothing(window, secret)
        title = f"{window.app.title} {window.app.sub_title}".casefold()
        assert [word for word in (*WORDS, secret.protocol[-6:]) if word in title] == []
        while isinstance(window.app.screen, ModalScreen):
            window.press_key("escape").rest()
        tried += 1
    assert tried == len([each for each in shown_in(place.where) if each.id not in LEAVES])
    for word in (*WORDS, secret.protocol[-6:], "comitê"):
        window.let(window.app.show_commands).dialog("ChooseDialog").type(word).rest()
        says_nothing_but(window, secret, word)
        window.press_key("escape").no_dialog()


def says_nothing_but(window: Window, secret: Secret, typed: str) -> None:
    """As `says_nothing`; what was typed stands in its field once."""
    text = window.rest().text().casefold()
    assert [word for word in (*WORDS, secret.protocol[-6:]) if text.count(word) > (word in typed)] == []


def test_a_member_has_it_in_the_queue(secret: Secret, open_window: OpenWindow) -> None:
    window = open_window(actor=CELIA).queue().shows(SUBJECT)
    window.press("ir.novo").place("IntakeScreen").shows("Denúncia ao canal")
    assert secret.ticket


@pytest.mark.usefixtures("secret")
def test_a_secret_ticket_leaves_the_screen_when_another_takes_the_window(open_window: OpenWindow) -> None:
    window = open_window(actor=CELIA).queue()
    window.press("fila.filtrar").type("quetzalcoatl").press_key("enter").shows("1 com essas palavras").rest()
    window.press("fila.abrir").place("TicketScreen").shows("ouvi wombat")
    window.press("geral.pessoa").dialog("ChooseDialog").type("ana").press_key("enter").no_dialog()
    window.does_not_show("wombat").forget_toasts()
    for word in ("quetzalcoatl", "quirquincho", "wombat"):
        window.does_not_show(word)
    window.press("atendimento.voltar").place("QueueScreen").does_not_show(SUBJECT)
