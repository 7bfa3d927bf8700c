"""The digest of rows: their order does not matter, and every difference of a cell changes it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.data.digest import Digest, digest_of

INSTANT = datetime(2026, 3, 2, 12, tzinfo=UTC)

cells = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.datetimes(timezones=st.just(UTC)))
tables = st.lists(st.tuples(cells, cells), max_size=8)


def typed(rows: Sequence[tuple[object, ...]]) -> list[list[tuple[type, object]]]:
    """The rows as a list that knows `1` from `True`, in an order of its own."""
    return sorted(([(type(cell), cell) for cell in row] for row in rows), key=repr)


@given(tables, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[tuple[object, ...]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest_of(shuffled) == digest_of(rows)
    half = len(rows) // 2
    assert digest_of(rows[half:]) + digest_of(rows[:half]) == digest_of(rows)


@given(tables, tables)
def test_other_rows_have_another_digest(one: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> None:
    assert (digest_of(one) == digest_of(other)) == (typed(one) == typed(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(-1,)], [(-2,)]),  # equal by `hash`
        ([(0,)], [(2**61 - 1,)]),  # equal by `hash`
        ([(1,)], [(True,)]),
        ([(1,)], [("1",)]),
        ([(None,)], [("",)]),
        ([("ab", "c")], [("a", "bc")]),
        ([("a1:s",)], [("a", "s")]),
        ([("a",), ("a",)], []),
        ([("a",), ("a",)], [("b",), ("b",)]),
        ([(1, 2)], [(2, 1)]),
        ([(INSTANT,)], [(INSTANT + timedelta(microseconds=1),)]),
        ([(INSTANT,)], [(INSTANT.replace(tzinfo=None),)]),
    ],
)
def test_similar_values_have_different_digests(one: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> None:
    assert digest_of(one) != digest_of(other)


def test_an_instant_is_the_same_in_every_zone() -> None:
    assert digest_of([(INSTANT,)]) == digest_of([(INSTANT.astimezone(timezone(timedelta(hours=-3))),)])


def test_no_rows_have_an_empty_digest_and_an_unknown_type_is_an_error() -> None:
    assert digest_of([]) == Digest()
    with pytest.raises(TypeError):
        digest_of([(b"bytes",)])
