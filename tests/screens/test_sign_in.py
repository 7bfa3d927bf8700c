"""Signing in, the lock, and passwords, in a window on a desk with passwords."""

from datetime import timedelta

import pytest
from textual.widgets import Input

from atendimento_tui.app import AtendimentoApp
from atendimento_tui.data.engine import writing
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.accounts import PASSWORD, SYSTEM_ACCOUNT
from atendimento_tui.services import access
from atendimento_tui.services.passwords import Cost
from tests.driver import Window
from tests.full import some
from tests.living import rows
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow
from tests.secret import include_secret_service, set_groups, set_role
from tests.small_desk import ANA, BRUNO, CELIA, SmallDesk

CHEAP = Cost(1, 8, 1)
GOOD, OTHER = "cavalo certo bateria", "outra frase comprida"


@pytest.fixture
def closed(others: SmallDesk) -> SmallDesk:
    """The test's desk, with the passwords of Célia, who supervises, and Ana."""
    access.change_entry(others.desk, PASSWORD)
    access.set_first_password(others.desk, GOOD, login="celia.prado", now=others.clock(), cost=CHEAP)
    give(others, ANA)
    return others


def give(others: SmallDesk, name: str, password: str = GOOD) -> int:
    """Give a person a password of her own."""
    [(person, login)] = rows(others.desk, "SELECT id, login FROM person WHERE name = ?", name)
    once = access.give_one_time_password(others.desk, person, others.clock(), cost=CHEAP)
    access.sign_in(others.desk, login, once, new_password=password, now=others.clock(), cost=CHEAP)
    return int(person)


def at_the_door(open_window: OpenWindow, size: tuple[int, int] = WIDE) -> Window:
    return open_window(actor=None, size=size).dialog("SignInDialog").shows("Entrar").rest()


def sign_in(window: Window, login: str = "ana.lima", password: str = GOOD) -> Window:
    return window.paste(login).press_key("enter").paste(password).press_key("enter")


@pytest.fixture
def ana(closed: SmallDesk, open_window: OpenWindow) -> Window:  # noqa: ARG001 - its passwords
    """A window at which Ana has signed in."""
    return sign_in(at_the_door(open_window)).no_dialog().queue().shows("Ana Lima (atendimento)")


@pytest.mark.usefixtures("closed")
def test_what_is_typed_before_the_sign_in_is_there_goes_into_its_fields(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also letters that open something in the queue: `g` asks for a place."""
    opened = AtendimentoApp.open
    monkeypatch.setattr(AtendimentoApp, "open", lambda _self: None)
    window = open_window(actor=None).shows("Abrindo o atendimento…")
    window.press_key("enter").type("gana").press_key("backspace", "tab")
    window.let_at_once(lambda: opened(window.app)).dialog("SignInDialog").rest()
    values = [field.value for field in window.app.screen.query(Input) if field.display]
    assert values[:2] == ["gan", ""]
    assert window.app.focused is not None
    assert window.app.focused.id == "password"
    window.press_key("shift+tab").press_key("home", "delete").press_key("end").type("a.lima").press_key("enter")
    window.type(GOOD).press_key("enter").no_dialog().queue().shows("Ana Lima (atendimento)")


@pytest.mark.parametrize("size", some([(120, 40), USUAL, NARROW], 2))
@pytest.mark.usefixtures("closed")
def test_nothing_of_the_desk_is_shown_before_somebody_signs_in(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = at_the_door(open_window, size)
    screen = "\n".join(window.rest().lines())
    assert not [word for word in ("Ana", "Bruno", "Célia", "Clínica", "Servidor", "Loja", "2026") if word in screen]
    assert window.app.desk is None
    sign_in(window).no_dialog().queue().shows("Servidor")


@pytest.mark.usefixtures("closed")
def test_the_password_is_not_on_the_screen_nor_in_its_picture(open_window: OpenWindow) -> None:
    window = at_the_door(open_window).type("ana.lima").press_key("enter").type(GOOD)
    assert GOOD not in "\n".join(window.lines())
    assert "cavalo" not in window.app.picture()
    window.press_key("shift+home", "ctrl+c", "ctrl+x")
    assert GOOD not in window.app.clipboard


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("login", ["ana.lima", "ninguem"])
def test_a_refusal_does_not_tell_which_was_wrong(open_window: OpenWindow, login: str) -> None:
    window = sign_in(at_the_door(open_window), login, "errada errada").shows("Login ou senha não conferem.")
    assert window.app.screen.query_one("#login", Input).value == login
    assert window.app.screen.query_one("#password", Input).value == ""
    assert window.app.focused is window.app.screen.query_one("#password")


def test_after_failures_the_window_says_how_long_to_wait(closed: SmallDesk, open_window: OpenWindow) -> None:
    window = sign_in(at_the_door(open_window), "ana.lima", "errada errada").shows("não conferem")
    for _ in range(4):
        window.paste("errada errada").press_key("enter").rest()
    window.paste(GOOD).press_key("enter").shows("Espere 2 segundos")
    closed.clock.advance(seconds=2)
    window.press_key("enter").no_dialog().shows("Ana Lima")


@pytest.mark.usefixtures("closed")
def test_escape_leaves_the_program(open_window: OpenWindow) -> None:
    at_the_door(open_window).type("ana").press_key("escape").left(0)


def test_a_one_time_password_is_changed_on_the_same_screen(closed: SmallDesk, open_window: OpenWindow) -> None:
    person = rows(closed.desk, "SELECT id FROM person WHERE name = ?", BRUNO)[0][0]
    once = access.give_one_time_password(closed.desk, person, closed.clock(), cost=CHEAP)
    window = sign_in(at_the_door(open_window), "bruno.castro", once).shows("vale uma vez só")
    window.paste(OTHER).press_key("enter").paste("outra coisa bem longa").press_key("enter").shows("não são iguais")
    window.let(lambda: setattr(window.app.screen.query_one("#again"), "value", OTHER))
    window.press_key("enter").no_dialog().shows("Bruno Castro (atendimento)")


def test_a_member_of_a_secret_group_is_told_who_changed_how_another_enters(
    closed: SmallDesk, open_window: OpenWindow
) -> None:
    include_secret_service(closed.desk)
    ids = dict(rows(closed.desk, "SELECT name, id FROM person"))
    [(group,)] = rows(closed.desk, "SELECT secret_group_id FROM process WHERE secret_group_id IS NOT NULL")
    set_groups(closed.desk, ids[ANA], group)
    set_groups(closed.desk, ids[CELIA], group)
    access.sign_in(closed.desk, "ana.lima", GOOD, now=closed.clock(), cost=CHEAP)
    administrator = closed.desk.acting_as(Actor(ids[BRUNO], Role.ADMINISTRATOR))
    set_role(closed.desk, ids[BRUNO], Role.ADMINISTRATOR)
    access.give_one_time_password(administrator, ids[CELIA], closed.clock(), cost=CHEAP)
    closed.clock.advance(minutes=1)
    window = sign_in(at_the_door(open_window)).no_dialog()
    window.shows("Bruno Castro deu uma senha ou um login").shows("Célia Prado")


def test_a_desk_without_passwords_gets_its_first_one(others: SmallDesk, open_window: OpenWindow) -> None:
    access.change_entry(others.desk, PASSWORD)
    window = open_window(actor=None, size=USUAL).dialog("SignInDialog").shows("Ninguém tem senha neste atendimento")
    assert window.app.screen.query_one("#login", Input).value == "celia.prado"
    window.type("curta").press_key("enter").type("curta").press_key("enter").shows("ao menos 10 caracteres.")
    for key in ("new", "again"):
        window.let(lambda key=key: setattr(window.app.screen.query_one(f"#{key}"), "value", GOOD))  # type: ignore[misc]
    window.press_key("ctrl+s").no_dialog().queue().shows("Célia Prado (supervisão)")


@pytest.mark.usefixtures("closed")
def test_a_named_person_is_refused_outside_the_demonstration(open_window: OpenWindow) -> None:
    window = open_window(actor=ANA).left(1)
    assert (window.app.refusal or "").startswith("--como é só da demonstração.")


def test_the_account_of_the_system_opens_the_desk(
    others: SmallDesk, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    access.change_entry(others.desk, SYSTEM_ACCOUNT)
    monkeypatch.setattr("atendimento_tui.window.access.account_name", lambda _owner: "bruno.castro")
    window = open_window(actor=None).queue().shows("Bruno Castro (atendimento)")
    window.press("geral.bloquear").shows("Aqui não há senhas").press("geral.pessoa").shows(
        "pela sua conta do computador"
    )
    window.clock.advance(hours=2)
    window.no_dialog()


def test_a_revoked_session_of_an_account_leaves_the_window(
    others: SmallDesk, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    access.change_entry(others.desk, SYSTEM_ACCOUNT)
    monkeypatch.setattr("atendimento_tui.window.access.account_name", lambda _owner: "bruno.castro")
    window = open_window(actor=None).queue()
    access.revoke_sessions(others.desk, window.app.person.id, others.clock())  # type: ignore[union-attr]
    assert "foi encerrada pela supervisão" in (window.left(1).app.refusal or "")


def test_an_account_that_is_nobody_s_is_refused(
    others: SmallDesk, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    access.change_entry(others.desk, SYSTEM_ACCOUNT)
    monkeypatch.setattr("atendimento_tui.window.access.account_name", lambda _owner: "zeca")
    assert "A conta zeca deste computador" in (open_window(actor=None).left(1).app.refusal or "")


class TestLock:
    def test_a_window_that_nobody_touches_is_locked_and_comes_back_to_the_same_place(self, ana: Window) -> None:
        ana.press("fila.comentar").dialog("CommentDialog").type("metade de um").press("geral.bloquear")
        ana.dialog("LockDialog").paste(GOOD).press_key("enter").dialog("CommentDialog").type(" com")
        ana.clock.advance(minutes=9, seconds=59)
        ana.let(ana.app._tick).dialog("CommentDialog")  # noqa: SLF001 - what its timer calls
        ana.clock.advance(seconds=1)
        ana.let(ana.app._tick).dialog("LockDialog").shows("Tela bloqueada").shows("Ana Lima está com esta janela.")  # noqa: SLF001
        screen = "\n".join(ana.lines())
        assert not [word for word in ("metade", "Servidor", "Loja", "Bruno", "2026") if word in screen]
        ana.paste("errada errada").press_key("enter").shows("não conferem")
        ana.paste(GOOD).press_key("enter").dialog("CommentDialog").type("entário").shows("metade de um comentário")

    def test_minutes_are_of_the_unit_and_none_is_never(self, closed: SmallDesk, open_window: OpenWindow) -> None:
        with writing(closed.desk.engine) as connection:
            connection.exec_driver_sql("UPDATE unit SET lock_minutes = 0")
        window = sign_in(at_the_door(open_window)).no_dialog().queue()
        window.clock.advance(days=1)
        window.let(window.app._tick).no_dialog()  # noqa: SLF001 - what its timer calls

    def test_nothing_changes_on_a_locked_screen_and_all_of_it_when_it_is_unlocked(
        self, ana: Window, closed: SmallDesk
    ) -> None:
        ana.press("geral.bloquear").dialog("LockDialog")
        closed.open("Assunto que chegou depois", opener=CELIA)
        ana.show_message("Mensagem com o nome de alguém", warning=True)
        ana.let(lambda: ana.app.serve(lambda _desk, _now: None, lambda _: ana.app.show_help()))
        screen = "\n".join(ana.rest().lines())
        assert "Assunto que" not in screen
        assert "Mensagem com" not in screen
        ana.dialog("LockDialog").paste(GOOD).press_key("enter").dialog("HelpDialog").press_key("escape")
        ana.shows("Mensagem com o nome").shows("Assunto que chegou")

    def test_a_key_keeps_it_open_no_toast_covers_it_and_no_key_leaves_it(self, ana: Window) -> None:
        ana.clock.advance(minutes=9)
        ana.press_key("down")
        ana.clock.advance(minutes=9)
        ana.let(ana.app._tick).no_dialog()  # noqa: SLF001 - what its timer calls

        def both() -> None:
            ana.app.show_message("Você não atende nesta mesa.", warning=True)
            ana.app.lock()

        ana.let(both).dialog("LockDialog")
        assert "Você não atende" not in "\n".join(ana.rest().lines())
        ana.press_key("escape", "f2", "f3", "g", "f").dialog("LockDialog")

    def test_a_revoked_session_locks_its_window_at_once(self, ana: Window, closed: SmallDesk) -> None:
        person = ana.app.person
        assert person
        access.revoke_sessions(closed.desk, person.id, closed.clock())
        ana.dialog("LockDialog").shows("foi encerrada pela supervisão")
        ana.paste(GOOD).press_key("enter").no_dialog().shows("Ana Lima (atendimento)")

    def test_who_was_deactivated_does_not_come_back(self, ana: Window, closed: SmallDesk) -> None:
        with writing(closed.desk.engine) as connection:
            connection.exec_driver_sql("UPDATE person SET active = (1 = 0) WHERE login = 'ana.lima'")
        ana.dialog("LockDialog").paste(GOOD).press_key("enter").shows("Essa sessão terminou").dialog("LockDialog")

    def test_one_person_in_two_windows_locks_one_of_them(self, ana: Window, open_window: OpenWindow) -> None:
        second = sign_in(at_the_door(open_window)).no_dialog().queue()
        second.press("geral.bloquear").dialog("LockDialog")
        ana.rest().no_dialog().press("fila.assumir").shows("Você assumiu")

    def test_another_person_takes_the_window_over_and_the_drafts_stay(
        self, closed: SmallDesk, open_window: OpenWindow
    ) -> None:
        with Window(closed.path, closed.clock) as first:
            sign_in(first.dialog("SignInDialog").shows("Entrar").rest()).no_dialog().queue().press(
                "fila.comentar"
            ).dialog("CommentDialog")
            first.type("é da Ana").let(first.app.lock_now).dialog("LockDialog")
            first.press_key("tab", "tab", "enter").left(0)
            assert first.app.signs_out
        give(closed, BRUNO)
        bruno = sign_in(at_the_door(open_window), "bruno.castro").no_dialog().queue().shows("Bruno Castro")
        bruno.press("fila.comentar").dialog("CommentDialog").does_not_show("é da Ana")
        again = sign_in(at_the_door(open_window)).no_dialog().queue()
        again.press("fila.comentar").dialog("CommentDialog").shows("é da Ana")


def test_the_own_password_is_changed(ana: Window, closed: SmallDesk) -> None:
    ana.let(ana.app.change_password).dialog("PasswordDialog").paste("errada errada").press_key("enter")
    ana.paste(OTHER).press_key("enter").paste(OTHER).press_key("enter").shows("não conferem")
    ana.let(lambda: setattr(ana.app.screen.query_one("#password"), "value", GOOD))
    ana.press_key("ctrl+s").no_dialog().shows("A sua senha foi trocada.")
    now = closed.clock()
    assert access.sign_in(closed.desk, "ana.lima", OTHER, now=now, cost=CHEAP).name == ANA


def test_events_tell_who_was_at_a_window(ana: Window, closed: SmallDesk) -> None:
    ana.press("geral.bloquear").dialog("LockDialog").paste(GOOD).press_key("enter").no_dialog()
    ana.let(ana.app.sign_out).left(0)
    query = (
        "SELECT t.kind FROM trail_event t JOIN person p ON t.key = CAST(p.id AS TEXT) WHERE p.name = ? ORDER BY t.id"
    )
    kinds = [kind for (kind,) in rows(closed.desk, query, ANA)]
    assert kinds[-4:] == ["entrada", "bloqueio", "entrada", "saida"]


def test_a_window_acts_as_its_person_who_is_on_duty_while_it_is_open(ana: Window, closed: SmallDesk) -> None:
    assert ANA in [row.name for row in access.on_duty(closed.desk, closed.clock())]
    assert ana.app.desk
    assert ana.app.desk.actor == ana.app.person.actor  # type: ignore[union-attr]
    assert (ana.app.desk.actor.person, ana.app.desk.actor.role) == (1, "atendente")

    closed.clock.advance(minutes=2)
    ana.let(ana.app.check_session)
    assert ANA in [row.name for row in access.on_duty(closed.desk, closed.clock() + timedelta(minutes=2))]
