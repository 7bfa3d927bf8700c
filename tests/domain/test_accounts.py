"""Logins, passwords, and waiting after failed sign-ins."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.accounts import (
    FREE_FAILURES,
    LONGEST_WAIT,
    SHORTEST,
    Failures,
    attempt,
    checked_login,
    checked_password,
    login_of,
    normalised_password,
    one_time_password,
    wait_after,
)
from atendimento_tui.domain.refusals import Refused

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Ana Lima", "ana.lima"),
        ("José  da Conceição", "jose.conceicao"),
        ("Zoé", "zoe"),
        ("D'Ávila O’Hara", "davila.ohara"),
        ("李雷", "pessoa"),
        ("Ana 2", "ana.2"),
    ],
)
def test_a_login_is_derived_from_the_name(name: str, login: str) -> None:
    assert login_of(name, ()) == login


@given(st.lists(st.text(min_size=1, max_size=120), max_size=12))
def test_derived_logins_are_valid_and_unique(names: list[str]) -> None:
    taken: list[str] = []
    for name in [*names, *names]:
        login = login_of(name, taken)
        assert checked_login(login) == login
        assert login not in taken
        taken.append(login)


@pytest.mark.parametrize("typed", ["", " ", "a b", "ana\n.lima", "á", ".ana", "a" * 65, "ana;", "[/]"])
def test_a_login_with_other_characters_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_login(typed)
    assert refused.value.code == "login_invalido"


def test_case_and_spaces_around_a_login_do_not_matter() -> None:
    assert checked_login("  Ana.LIMA ") == "ana.lima"


def code(password: str) -> str:
    try:
        checked_password(password, login="ana.lima.souza", names=("Ana Lima Souza", "Unidade Centro"))
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "senha_curta"),
        ("a" * (SHORTEST - 1), "senha_curta"),
        ("ana.lima.souza", "senha_facil"),
        ("ANA LIMA SOUZA", "senha_facil"),
        ("unidade centro", "senha_facil"),
        ("cavalo \ud800 bateria", "senha_invalida"),
        ("á" * 40_000, "senha_longa"),
        ("cavalo certo bateria", ""),
        ("          ", ""),
        ("çççççççççç", ""),
        ("🐎🔋📎✅🐎🔋📎✅🐎🔋", ""),
        ("x" * 60_000, ""),
    ],
)
def test_a_password_is_long_and_not_a_name(password: str, why: str) -> None:
    assert code(password) == why


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_composed_and_decomposed_letters_are_the_same_password(text: str) -> None:
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    assert len({normalised_password(form) for form in forms}) == 1


def test_letters_are_counted_as_they_are_seen() -> None:
    assert code(unicodedata.normalize("NFD", "é" * (SHORTEST - 1))) == "senha_curta"


def test_one_time_passwords_are_good_enough_and_differ() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert {code(password) for password in made} == {""}


def test_the_wait_grows_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(count).total_seconds() for count in range(20)]
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, *[900] * 6]
    assert wait_after(10**9) == LONGEST_WAIT


def answered(times: list[datetime]) -> list[datetime]:
    """The attempts that get an answer, all of them wrong."""
    failures, found = None, []
    for now in times:
        failures, left = attempt(failures, now)
        if not left:
            found.append(now)
    return found


def bound(span: timedelta) -> int:
    """How many guesses may get an answer within a span: the free ones, those while the wait grows, then one a wait."""
    return FREE_FAILURES + 1 + 10 + span // LONGEST_WAIT


def test_of_ten_thousand_guesses_in_a_row_few_get_an_answer() -> None:
    assert len(answered([NOW + timedelta(seconds=n) for n in range(10_000)])) == 23
    assert len(answered([NOW + timedelta(milliseconds=n) for n in range(10_000)])) == FREE_FAILURES + 1 + 2
    assert len(answered([NOW] * 10_000)) == FREE_FAILURES + 1


@given(st.lists(st.floats(0, 3_600), min_size=1, max_size=300))
def test_the_guesses_that_get_an_answer_are_bounded_by_the_wait(gaps: list[float]) -> None:
    times, now = [], NOW
    for gap in gaps:
        now += timedelta(seconds=gap)
        times.append(now)
    found = answered(times)
    for first, start in enumerate(found):
        within = [at for at in found[first:] if at - start < DAY]
        assert len(within) <= bound(DAY)


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=200))
def test_a_clock_that_jumps_back_neither_helps_to_guess_nor_blocks_for_ever(jumps: list[int]) -> None:
    failures = None
    for jump in jumps:
        now = NOW + timedelta(seconds=jump)
        failures, left = attempt(failures, now)
        assert left <= LONGEST_WAIT
        assert failures.last_at <= now
    assert failures
    again, left = attempt(failures, failures.last_at + LONGEST_WAIT)
    assert (again.count, left) == (failures.count + 1, timedelta())


def test_failures_are_forgotten_after_a_quiet_day() -> None:
    assert attempt(Failures(50, NOW), NOW + DAY) == (Failures(1, NOW + DAY), timedelta())
    assert attempt(Failures(50, NOW), NOW + timedelta(hours=23))[0].count == 51
