"""The chain of hashes: a pinned form, and no two events with the same hash."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.digests import Head, kept_digests, next_digest
from atendimento_tui.domain.series import SeriesOfNumbers, missing_number
from atendimento_tui.domain.trail import (
    Break,
    Recorded,
    Stored,
    Stream,
    Values,
    first_break,
    instant,
    link,
    seal,
    sealed,
    unseal,
)

EVENT = Recorded("comentado", "2026-03-02 12:00:00.000000", "2026-03-02 12:00:01.000000", 3, "pedido-1", '{"dito":"é"}')
VALUES = st.none() | st.integers() | st.booleans() | st.text()


def test_the_form_is_what_it_was_when_the_first_events_were_chained() -> None:
    """Known answers, computed with `sha256sum`. Events are never hashed again, so these may not change."""
    first = link("", Stream("pessoa", "12"), 1, Recorded("incluida", EVENT.at, None, None, None, "{}"))
    assert first == "378d96624660532996c9f24feadd4aa84614297cb57b43331fe3fc7520784d60"
    assert (
        link(first, Stream("atendimento", "7"), 2, EVENT)
        == "ad3a7a62d0827c21aba0f7343149d7f9f5a805a0a37fb9c012efdeac68918298"
    )
    assert sealed("00ff", "Olá", "") == "351a23ee9ac603eebac2aeb1aeec0bae69aa607b98b832105d8fe0e207627936"


def test_a_form_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="form"):
        link("", Stream("unidade", ""), 1, replace(EVENT, form=2))


@pytest.mark.parametrize(
    "other",
    [
        ("1", Stream("pessoa", "1"), 1, EVENT),
        ("", Stream("pessoas", "1"), 1, EVENT),
        ("", Stream("pessoa", "11"), 1, EVENT),
        ("", Stream("pessoa", "1"), 11, EVENT),
        ("", Stream("pessoa", "1"), 1, replace(EVENT, kind="comentada")),
        ("", Stream("pessoa", "1"), 1, replace(EVENT, at="2026-03-02 12:00:00.000001")),
        ("", Stream("pessoa", "1"), 1, replace(EVENT, recorded_at=None)),
        ("", Stream("pessoa", "1"), 1, replace(EVENT, actor=None)),
        ("", Stream("pessoa", "1"), 1, replace(EVENT, request=None)),
        ("", Stream("pessoa", "1"), 1, replace(EVENT, changes='{"dito": "é"}')),
    ],
)
def test_every_part_of_an_event_is_hashed(other: tuple[str, Stream, int, Recorded]) -> None:
    assert link(*other) != link("", Stream("pessoa", "1"), 1, EVENT)


@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3), st.text())
def test_different_values_are_sealed_differently(one: list[str], other: list[str], salt: str) -> None:
    assert (sealed(salt, *one) == sealed(salt, *other)) == (one == other)


@given(st.dictionaries(st.text(), st.tuples(VALUES, VALUES), max_size=4))
def test_sealed_changes_are_read_back(changes: dict[str, tuple[str | int | None, str | int | None]]) -> None:
    written, values = seal(changes)
    assert unseal(written, {(own.field, own.is_after): own.text for own in values}) == changes


def test_the_same_text_is_sealed_differently_each_time() -> None:
    [one], [other] = (seal({"nome": (None, "Maria")})[1] for _ in range(2))
    assert one.salt != other.salt


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC)), st.integers(-14, 14))  # noqa: DTZ001
def test_an_instant_does_not_depend_on_the_zone_it_is_given_in(at: datetime, hours: int) -> None:
    assert instant(at.astimezone(timezone(timedelta(hours=hours)))) == instant(at)
    assert datetime.fromisoformat(instant(at)).replace(tzinfo=UTC) == at


# One changed character in a chain.

STREAM = Stream("atendimento", "12345620260302000001")


def chain(count: int) -> list[Stored]:
    """A chain of events, each with a value."""
    found, former = [], ""
    for number in range(1, count + 1):
        it = replace(EVENT, request=f"pedido-{number}", changes=f'{{"dito":"{sealed("5a", str(number))}"}}')
        former = link(former, STREAM, number, it)
        found.append(Stored(number, it, former))
    return found


def no_values(_stored: Stored) -> Values:
    return Values()


@given(st.integers(1, 6), st.data())
def test_one_changed_character_of_a_chain_is_found_at_its_event(count: int, data: st.DataObject) -> None:
    events = chain(count)
    assert first_break(STREAM, events, no_values, events[-1].hash) is None
    at = data.draw(st.integers(0, count - 1))
    names = [each.name for each in fields(Recorded)]
    name = data.draw(st.sampled_from([*names, "hash", "number"]))
    wrong: Any = events[at]
    if name in names:
        written = str(getattr(wrong.event, name))
        other: object = changed_once(written, data)
        if isinstance(getattr(wrong.event, name), int):
            other = data.draw(st.integers().filter(lambda it: it != int(written)))
        wrong = replace(wrong, event=replace(wrong.event, **{name: other}))
    elif name == "hash":
        wrong = replace(wrong, hash=changed_once(wrong.hash, data))
    else:
        wrong = replace(wrong, number=data.draw(st.integers().filter(lambda it: it != at + 1)))
    found = first_break(STREAM, [*events[:at], wrong, *events[at + 1 :]], no_values, events[-1].hash)
    assert found == Break("evento_falta" if name == "number" else "evento_mudou", at + 1)


def changed_once(text: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters().filter(lambda it: it != text[at]))
    return text[:at] + sign + text[at + 1 :]


@given(st.integers(2, 6), st.data())
def test_a_removed_or_moved_event_is_found(count: int, data: st.DataObject) -> None:
    events = chain(count)
    at = data.draw(st.integers(0, count - 1))
    left = [*events[:at], *events[at + 1 :]]
    found = first_break(STREAM, left, no_values, events[-1].hash)
    assert found == (Break("fim_difere", count - 1) if at == count - 1 else Break("evento_falta", at + 1))
    assert first_break(STREAM, chain(count - 1), no_values) is None  # without its end nothing tells that it was longer
    other = Stream("atendimento", "12345620260302000002")
    assert first_break(other, events, no_values) == Break("evento_mudou", 1)


# Digests and numbers.


@given(st.lists(st.tuples(st.text(), st.text(), st.integers(1), st.text()), max_size=5), st.data())
def test_a_digest_covers_its_events_their_order_and_the_digest_before_it(
    heads: list[Head], data: st.DataObject
) -> None:
    first = next_digest(None, "2026-03-02", EVENT.at, (0, 0), ())
    made = next_digest(first, "2026-03-03", EVENT.at, (len(heads), 0), heads)
    assert (made.number, made.events) == (2, len(heads))
    other = data.draw(st.permutations(heads))
    assert (next_digest(first, "2026-03-03", EVENT.at, (len(heads), 0), other) == made) == (list(other) == heads)
    another = next_digest(None, "2026-03-01", EVENT.at, (0, 0), ())
    assert next_digest(another, "2026-03-03", EVENT.at, (len(heads), 0), heads).hash != made.hash


def test_a_digest_that_was_kept_is_read_back() -> None:
    kept = next_digest(None, "2026-03-02", EVENT.at, (0, 0), ()).kept
    assert kept_digests(f"x {kept.line()}\n{kept.line()} y") == [kept, kept]
    assert kept_digests(kept.line()[:-1]) == []


JUMPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3)


@given(st.integers(0, 30), JUMPS, st.lists(st.integers(1, 31), max_size=3), st.lists(st.integers(1, 30), max_size=3))
def test_a_series_has_a_gap_where_a_list_of_its_numbers_has_one(
    last: int, jumps: list[tuple[int, int]], added: list[int], left_out: list[int]
) -> None:
    jumps = [(min(jump), min(max(jump), last)) for jump in jumps if min(jump) < last]
    skipped = {number for before, after in jumps for number in range(before + 1, after + 1)}
    right = [number for number in range(1, last + 1) if number not in skipped]
    numbers = sorted([number for number in right if number not in left_out] + added)
    series = SeriesOfNumbers()
    for number in numbers:
        series.add(number)
    if series.has_gap(last, jumps):
        assert numbers != right
        assert missing_number(numbers, last, jumps)
    if numbers == right:
        assert not series.has_gap(last, jumps)
        assert missing_number(numbers, last, jumps) == 0
