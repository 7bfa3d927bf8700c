"""What a role forbids is dim and says why; what is secret is on no screen of anybody else."""

import pytest

from atendimento_tui.domain.access import Role
from tests.driver import Window
from tests.living import Living
from tests.screens.conftest import OpenWindow
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
