"""The cursor of a list and the requested rows, for any list."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.widgets.window_table.asking import Reach, anchor, least_rows, rows_to_request
from atendimento_tui.widgets.window_table.rows import Cursor, Ends, Window

KEYS = st.lists(st.integers(0, 40), unique=True, max_size=40)


@dataclass(frozen=True)
class Item:
    """A row."""

    key: int


def stretch(keys: list[int], first: int, count: int) -> Window[Item]:
    return Window(first, tuple(Item(key) for key in keys[first : first + count]))


def whole(keys: list[int]) -> Window[Item]:
    return stretch(keys, 0, len(keys))


@given(KEYS, KEYS, st.integers(0, 40))
def test_the_cursor_stays_on_its_row_or_its_ordinal(before: list[int], after: list[int], at: int) -> None:
    cursor = Cursor[Item]()
    cursor.take(whole(before), len(before), 0)
    if at in cursor.window:
        cursor.land(at)
    held, ordinal = cursor.key, cursor.ordinal
    place = cursor.place_in(whole(after), len(after))
    assert place is not None
    assert not cursor.take(whole(after), len(after), place)
    if held in after:
        assert cursor.key == held
    else:
        assert cursor.ordinal == max(0, min(ordinal, len(after) - 1))
    assert (cursor.row is None) == (not after)


@given(st.integers(1, 500), st.integers(0, 499), st.integers(0, 499))
def test_a_moving_cursor_has_no_row(total: int, first: int, target: int) -> None:
    keys, target = list(range(total)), target % total
    cursor = Cursor[Item]()
    cursor.take(stretch(keys, 0, 50), total, 0)
    cursor.target = target
    assert cursor.row is None
    window = stretch(keys, first % total, 50)
    place = cursor.place_in(window, total)
    if place is not None:
        arrives = cursor.take(window, total, place)
        assert arrives == (target in window)
        assert (cursor.row == Item(target)) == arrives
    else:
        assert target not in window
        assert cursor.destination == target


@given(st.integers(0, 2_000), st.integers(1, 100), st.integers(0, 3_000))
def test_requested_rows_contain_the_needed_ones(total: int, page: int, top: int) -> None:
    top = min(top, max(0, total - page))
    first, count = rows_to_request(top, page, total)
    needed = least_rows(top, page, total)
    assert not needed or (first <= needed[0] and needed[-1] < first + count)
    where = anchor(first, count, total, Window[Item](0, ()))
    assert where.reach is (Reach.TOP if first == 0 else Reach.BOTTOM if first + count >= total else Reach.ORDINAL)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 40), st.integers(0, 45))
def test_kept_ends_are_the_rows_of_their_list_and_none_of_a_list_of_another_length(
    count: int, page: int, ordinal: int, later_total: int
) -> None:
    keys = list(range(100, 100 + count))
    ends = Ends[Item]()
    ends.keep(stretch(keys, 0, page), count)
    ends.keep(stretch(keys, max(0, count - page), page), count)
    kept = ends.with_row(ordinal, count)
    assert (kept is not None) == (ordinal < count and (ordinal < page or ordinal >= count - page))
    assert kept is None or kept.key_at(ordinal) == keys[ordinal]
    other = ends.with_row(ordinal, later_total)
    assert other is None or (ordinal in other and other.end <= later_total)
    ends.forget()
    assert ends.with_row(ordinal, count) is None
