"""The attendant's own minutes of a ticket: from the number of the intake to the end of the attendant's part."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.process_times import process_time
from atendimento_tui.domain.tickets import Event, Value
from atendimento_tui.domain.words import State

HERE = timezone(timedelta(hours=-3))
BEGUN = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA, BRUNO = 1, 2


def at(minutes: float, kind: str, actor: int | None = ANA, action: str = "", **changes: Value) -> Event:
    changed = {field: (None, value) for field, value in changes.items()}
    return Event(kind, BEGUN + timedelta(minutes=minutes), actor, action=action, changes=changed)


NUMBER = at(0, "iniciado", state=State.ABANDONED)
OPENED = at(4, "aberto", state=State.OPEN, step="conferencia", group=1)


def minutes(*events: Event) -> float | None:
    time = process_time((NUMBER, *events), HERE)
    return None if time is None else time / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ((), 4),
        ((at(7, "acao", action="Enviar", step="cadastro", group=2), at(9, "acao", action="Avisar")), 7),
        ((at(6, "acao", action="Conferir", step="envio"), at(7.5, "acao", action="Solucionar", state=State.DONE)), 7.5),
        ((at(6, "acao", action="Pedir", state=State.WAITING), at(50, "acao", action="Recebeu", state=State.OPEN)), 6),
        ((at(5, "assumido", owner=ANA), at(8, "acao", action="Conferir")), 8),
        ((at(5, "encaminhado", owner=BRUNO), at(6, "acao", action="Conferir")), 5),
        ((at(6, "acao", BRUNO, action="Conferir"), at(8, "acao", action="Enviar")), 4),
        ((at(6, "comentado"), at(30, "comentado")), 4),
        ((at(5, "prazo_atencao", None), at(6, "acao", action="Conferir")), 6),
        ((at(5, "tempo", None, state=State.DONE), at(6, "acao", action="Reabrir", state=State.OPEN)), 4),
        ((at(20 * 60, "acao", action="Conferir"),), 4),
    ],
    ids=[
        "the opening alone",
        "another group",
        "solved",
        "a wait",
        "claimed and worked on",
        "handed over",
        "somebody else acts",
        "comments are no work",
        "a warning of the desk",
        "closed by the desk",
        "another day",
    ],
)
def test_it_lasts_to_the_end_of_the_attendant_s_part(rest: tuple[Event, ...], expected: float) -> None:
    assert minutes(OPENED, *rest) == expected


def test_what_nobody_began_here_has_no_time() -> None:
    assert process_time([], HERE) is None
    assert process_time([OPENED], HERE) is None  # written without an intake
    assert process_time([Event("registrado", BEGUN, ANA)], HERE) is None  # imported
    assert process_time([at(0, "iniciado", None), at(4, "aberto", None, step="a")], HERE) is None  # by a script


def test_an_unfinished_intake_and_one_of_two_days_have_no_time() -> None:
    assert minutes() is None
    assert minutes(at(15 * 60 + 1, "aberto", state=State.OPEN)) is None  # 00:01 of the next day, here
    assert minutes(at(14 * 60, "aberto", state=State.OPEN)) == 14 * 60  # another day in UTC only


_EVENTS = st.builds(
    at,
    st.integers(5, 600),
    st.sampled_from(["acao", "comentado", "assumido", "encaminhado"]),
    st.sampled_from([ANA, BRUNO, None]),
    st.sampled_from(["", "Conferir"]),
)


@given(st.lists(_EVENTS, max_size=6).map(lambda events: sorted(events, key=lambda event: event.at)))
def test_what_happens_later_never_shortens_it_and_it_ends_with_an_event_of_the_attendant(rest: list[Event]) -> None:
    times = [minutes(OPENED, *rest[:count]) for count in range(len(rest) + 1)]
    assert times == sorted(times, key=lambda time: time or 0)
    own = {(event.at - BEGUN) / timedelta(minutes=1) for event in (OPENED, *rest) if event.actor == ANA}
    assert set(times) <= own
