"""The chain of hashes: a pinned form, and no two events with the same hash."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.trail import Recorded, Stream, instant, link, seal, sealed, unseal

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
