"""The table of a long list: cursor, requested rows, painting."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import ClassVar, ParamSpec, Self

import pytest
from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip

from atendimento_tui.widgets.window_table import (
    Anchor,
    CellText,
    Column,
    CursorLost,
    Highlighted,
    Needed,
    Reach,
    Selected,
    WindowTable,
    lay_out,
)
from tests.full import some
from tests.hostile import HOSTILE

NOW = datetime(2026, 8, 5, 10, 0, tzinfo=UTC)

MILLION = 1_000_000
SIZE = (60, 21)
PAGE = 20
WINDOW = 5 * PAGE

P = ParamSpec("P")


def played(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """Run an asynchronous test in its own event loop."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def play() -> None:
            await test(*args, **kwargs)

        asyncio.run(play())

    return run


@dataclass(frozen=True)
class Item:
    """A row with a key and a version."""

    key: int
    version: int = 0


@dataclass
class Source:
    """A list of a million keys, with counters of computed cells."""

    keys: Sequence[int] = range(MILLION)
    clock: int = 0
    text: str = "texto"
    versions: dict[int, int] = field(default_factory=dict)
    named: int = 0
    timed: int = 0

    def read(self, first: int, count: int) -> list[Item]:
        return [Item(key, self.versions.get(key, 0)) for key in self.keys[first : first + count]]

    def name_of(self, row: Item, _width: int) -> CellText:
        self.named += 1
        return CellText(f"nº {row.key}.{row.version}", "severity--critical" if row.key % 7 == 0 else "")

    def time_of(self, row: Item, _width: int) -> CellText:
        """A text that changes every ten ticks, at different ticks for different rows."""
        self.timed += 1
        return CellText(f"{(row.key + self.clock) // 10}min", "nobody--declared-this")

    def text_of(self, _row: Item, _width: int) -> CellText:
        return CellText(self.text)

    def columns(self) -> list[Column[Item]]:
        return [
            Column("name", "Protocolo", 12, self.name_of, priority=9),
            Column("time", "Prazo", 10, self.time_of, priority=5, live=True),
            Column("text", "Assunto", 10, self.text_of, flex=1),
        ]


class ItemTable(WindowTable[Item]):
    """A table with its own style of cells."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"severity--critical"}
    DEFAULT_CSS = "ItemTable > .severity--critical { color: red; text-style: bold; }"

    def __init__(self, columns: Sequence[Column[Item]], empty_text: Sequence[str]) -> None:
        self.repainted: list[Region] = []
        self.painted: list[int] = []
        """The lines of the screen that were painted."""
        self.resizes = 0
        self.moved_to: list[int | None] = []
        super().__init__(columns, empty_text=empty_text)

    def at_cursor_move(self) -> None:
        self.moved_to.append(self.cursor_key)

    def on_resize(self) -> None:
        self.resizes += 1

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().render_line(y)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self.repainted += regions
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class TableApp(App[None]):
    """A table and its source. Without `answers`, the test answers the requests."""

    def __init__(self, source: Source, *, answers: bool = True) -> None:
        super().__init__()
        self.source = source
        self.answers = answers
        self.needs: list[Needed] = []
        self.messages: list[tuple[str, int]] = []
        self.table = ItemTable(source.columns(), empty_text=("Fila vazia.", "F3 abre um atendimento."))

    def compose(self) -> ComposeResult:
        yield self.table

    def on_window_table_needed(self, need: Needed) -> None:
        self.needs.append(need)
        if self.answers:
            self.answer(need)

    def on_window_table_highlighted(self, message: Highlighted[Item]) -> None:
        self.messages.append(("highlighted", message.key))

    def on_window_table_selected(self, message: Selected[Item]) -> None:
        self.messages.append(("selected", message.row.key))

    def on_window_table_cursor_lost(self, message: CursorLost) -> None:
        self.messages.append(("lost", message.key))

    def answer(self, need: Needed) -> bool:
        """Show the requested rows; around a key, at its current position."""
        keys, first = self.source.keys, need.first
        if need.anchor.reach is Reach.AROUND and need.anchor.key in keys:
            first = max(0, keys.index(need.anchor.key) - need.count // 2)
        return self.table.show(len(keys), first, self.source.read(first, need.count))


class Desk:
    """Drives the table in a test."""

    def __init__(self, app: TableApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.table = app.table
        self.source = app.source
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.app.simulate_key(key)
        await self.pilot.pause()

    async def post(self, message: Message) -> None:
        self.table.post_message(message)
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Resize the terminal and wait until the table gets the event."""
        before = self.table.resizes
        await self.pilot.resize_terminal(width, height)
        for _ in range(100):
            if self.table.resizes > before:
                break
            await self.pilot.pause()

    async def reload(self) -> None:
        self.table.ask()
        await self.pilot.pause()

    def line(self, y: int) -> str:
        """Return a line, painted if necessary."""
        (strip,) = self.table.render_lines(Region(0, y, self.table.size.width, 1))
        return strip.text

    def segments(self, y: int) -> list[Segment]:
        return list(self.table.render_line(y))

    @property
    def cursor(self) -> tuple[int | None, int]:
        """The key under the cursor, and the line of the screen it is on."""
        return self.table.cursor_key, self.table.cursor_ordinal - self.table.scroll_offset.y

    def forget(self) -> None:
        self.app.messages.clear()
        self.app.needs.clear()
        self.table.repainted.clear()
        self.table.painted.clear()
        self.source.named = self.source.timed = 0


@asynccontextmanager
async def desk(
    source: Source | None = None, *, size: tuple[int, int] = SIZE, answers: bool = True
) -> AsyncIterator[Desk]:
    app = TableApp(source or Source(), answers=answers)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Desk(app, pilot)


def ten_thousand() -> Source:
    return Source(list(range(10_000)))


class TestColumns:
    def column(self, id: str, width: int, flex: int = 0, priority: int = 0) -> Column[Item]:  # noqa: A002
        return Column(id, id, width, lambda _row, _width: CellText(""), flex, priority)

    def places(self, columns: Sequence[Column[Item]], width: int) -> list[tuple[str, int, int]]:
        return [(slot.column.id, slot.x, slot.width) for slot in lay_out(columns, width)]

    def test_flexible_columns_fill_the_whole_width(self) -> None:
        columns = [self.column("a", 4), self.column("b", 5, flex=1), self.column("c", 5, flex=2)]
        assert self.places(columns, 26) == [("a", 0, 4), ("b", 5, 8), ("c", 14, 12)]

    def test_columns_are_hidden_by_priority_then_from_the_right(self) -> None:
        columns = [self.column("a", 5, priority=2), self.column("b", 5), self.column("c", 5), self.column("d", 5, 0, 1)]
        shown = {width: "".join(place[0] for place in self.places(columns, width)) for width in (23, 22, 17, 16, 11, 5)}
        assert shown == {23: "abcd", 22: "abd", 17: "abd", 16: "ad", 11: "ad", 5: "a"}

    @pytest.mark.parametrize("width", range(30))
    def test_the_layout_never_exceeds_the_width(self, width: int) -> None:
        columns = [self.column("a", 7, flex=1), self.column("b", 3), self.column("c", 9, flex=3)]
        *_, (_, x, own) = self.places(columns, width)
        assert x + own <= width

    def test_a_table_without_columns_works(self) -> None:
        assert lay_out([], 10) == ()

    @played
    async def test_columns_are_hidden_and_shown_with_the_width(self) -> None:
        async with desk() as d:
            assert d.line(0).split() == ["Protocolo", "Prazo", "Assunto"]
            await d.resize(26, 10)
            assert d.line(0).split() == ["Protocolo", "Prazo"]
            await d.resize(15, 10)
            assert d.line(0).split() == ["Protocolo"]
            assert d.line(1).split() == ["nº", "0.0"]
            await d.resize(*SIZE)
            assert d.line(0).split() == ["Protocolo", "Prazo", "Assunto"]


class TestMoving:
    @played
    async def test_the_first_rows_are_requested_and_the_first_highlighted(self) -> None:
        async with desk() as d:
            assert d.line(1).split() == ["nº", "0.0", "0min", "texto"]
            assert d.line(PAGE).split()[1] == "19.0"
            assert d.app.messages == [("highlighted", 0)]
            assert [(n.first, n.count, n.anchor) for n in d.app.needs] == [(0, WINDOW, Anchor(Reach.TOP))]

    @played
    async def test_what_depends_on_the_cursor_is_painted_with_it_before_any_message_is_handled(self) -> None:
        async with desk() as d:
            d.app.table.move_to(3)
            d.app.table.move_to(3)
            assert d.app.table.moved_to == [0, 3]

    @played
    async def test_lines_and_pages(self) -> None:
        async with desk() as d:
            await d.press("down", "j", "down", "up", "k")
            assert d.cursor == (1, 1)
            await d.press("pagedown")
            assert d.cursor == (20, 19)
            await d.press("pagedown")
            assert d.cursor == (39, 19)
            await d.press("pageup", "pageup", "pageup")
            assert d.cursor == (0, 0)

    @pytest.mark.parametrize("key", ["end", "G"])
    @played
    async def test_the_ends_of_a_list_of_a_million_rows(self, key: str) -> None:
        async with desk() as d:
            await d.press(key)
            assert d.cursor == (MILLION - 1, PAGE - 1)
            assert d.line(PAGE).split()[1] == f"{MILLION - 1}.0"
            await d.press("down")
            assert d.cursor == (MILLION - 1, PAGE - 1)
            await d.press("home", "up")
            assert d.cursor == (0, 0)
            assert [n.anchor.reach for n in d.app.needs] == [Reach.TOP, Reach.BOTTOM, Reach.TOP]

    @played
    async def test_lower_case_g_is_not_bound(self) -> None:
        async with desk() as d:
            await d.press("g")
            assert d.cursor == (0, 0)

    @played
    async def test_wheel_and_scrollbar_move_the_cursor(self) -> None:
        async with desk() as d:
            await d.post(ScrollTo(y=500_000))
            assert d.cursor == (500_000, 0)
            await d.post(ScrollTo(y=499_990))
            assert d.cursor == (500_000, 10)
            await d.post(ScrollTo(y=499_900))
            assert d.cursor == (499_919, PAGE - 1)
            await d.post(ScrollDown())
            assert d.cursor == (499_938, PAGE - 1)
            await d.post(ScrollUp())
            assert d.cursor == (499_919, 0)

    @played
    async def test_the_wheel_stops_at_the_ends(self) -> None:
        async with desk() as d:
            for turn in (events.MouseScrollDown, events.MouseScrollUp, events.MouseScrollUp):
                await d.post(turn(d.table, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False))
            assert d.table.scroll_offset.y == 0
            key, line = d.cursor
            assert key == line != 0

    @played
    async def test_a_click_highlights_and_a_second_one_selects(self) -> None:
        async with desk() as d:
            await d.pilot.click(d.table, offset=(5, 4))
            assert d.app.messages[-1] == ("highlighted", 3)
            await d.pilot.click(d.table, offset=(5, 4))
            assert d.app.messages[-1] == ("selected", 3)

    @played
    async def test_a_click_beside_the_rows_does_nothing(self) -> None:
        async with desk(Source(range(3))) as d:
            d.forget()
            await d.pilot.click(d.table, offset=(5, 0))
            await d.pilot.click(d.table, offset=(5, 9))
            assert d.app.messages == []

    @played
    async def test_enter_selects(self) -> None:
        async with desk() as d:
            await d.press("down", "enter")
            assert d.app.messages[-1] == ("selected", 1)


class TestCursor:
    @played
    async def test_it_stays_on_its_row_and_line_when_rows_are_inserted_above(self) -> None:
        async with desk(ten_thousand()) as d:
            await d.press("pagedown", "pagedown", "up")
            before = d.cursor
            d.source.keys = [*range(20_000, 20_007), *d.source.keys]
            d.forget()
            await d.reload()
            assert d.cursor == before == (37, 18)
            assert d.table.cursor_ordinal == 44
            assert d.app.needs[0].anchor == Anchor(Reach.AROUND, 37)
            assert d.app.messages == []

    @played
    async def test_it_stays_on_its_row_and_line_when_the_order_changes(self) -> None:
        async with desk(ten_thousand()) as d:
            await d.press(*["down"] * 5)
            d.source.keys = list(reversed(range(10_000)))
            d.forget()
            await d.reload()
            assert (d.table.cursor_key, d.table.cursor_ordinal) == (5, 9_994)
            assert "nº 5.0" in d.line(1 + d.cursor[1])
            assert d.app.messages == []

    @played
    async def test_rows_inserted_above_scroll_the_list_at_the_top(self) -> None:
        async with desk(ten_thousand()) as d:
            d.source.keys = [20_000, *d.source.keys]
            await d.reload()
            assert d.cursor == (0, 0)
            assert d.table.scroll_offset.y == 1

    @played
    async def test_it_keeps_its_ordinal_when_its_row_is_removed(self) -> None:
        async with desk(ten_thousand()) as d:
            await d.press(*["down"] * 5)
            d.source.keys = [key for key in range(10_000) if key != 5]
            d.forget()
            await d.reload()
            assert d.cursor == (6, 5)
            assert d.app.messages == [("lost", 5), ("highlighted", 6)]

    @played
    async def test_it_moves_up_when_the_last_row_is_removed(self) -> None:
        async with desk(ten_thousand()) as d:
            await d.press("end")
            d.source.keys = list(range(9_990))
            await d.reload()
            assert d.cursor == (9_989, PAGE - 1)

    @played
    async def test_it_moves_to_the_last_row_of_a_shortened_list(self) -> None:
        async with desk(ten_thousand()) as d:
            await d.press("end")
            d.source.keys = list(range(80))
            d.forget()
            await d.reload()
            assert d.cursor == (79, PAGE - 1)
            assert d.app.messages == [("lost", 9_999), ("highlighted", 79)]

    @played
    async def test_the_owner_can_set_the_cursor(self) -> None:
        async with desk() as d:
            d.forget()
            assert d.table.show(300, 100, d.source.read(100, 50), cursor_key=120)
            await d.pilot.pause()
            assert d.table.cursor_key == 120
            assert d.app.messages == [("highlighted", 120)]

    @played
    async def test_it_is_in_view_after_every_resize(self) -> None:
        async with desk() as d:
            await d.press("end")
            for size in [(60, 8), (30, 3), (60, 40), (60, 2), SIZE]:
                await d.resize(*size)
                key, line = d.cursor
                assert key == MILLION - 1
                assert 0 <= line < size[1] - 1

    @played
    async def test_the_cursor_is_visible_without_focus_or_colours(self) -> None:
        async with desk() as d:
            assert all(s.style and s.style.reverse for s in d.segments(1))
            assert not any(s.style and s.style.reverse for s in d.segments(2))
            d.app.set_focus(None)
            await d.pilot.pause()
            assert all(s.style and s.style.underline and not s.style.reverse for s in d.segments(1))


class TestAsking:
    @played
    async def test_requested_and_loaded_rows_are_limited(self) -> None:
        async with desk() as d:
            for key in ["pagedown"] * 12 + ["end"] + ["pageup"] * 12 + ["home"]:
                await d.press(key)
                assert d.table.cursor_row == Item(d.table.cursor_ordinal)
            assert len(d.table.window) == WINDOW
            assert max(need.count for need in d.app.needs) == WINDOW
            assert len(d.app.needs) <= 28

    @played
    async def test_moving_down_requests_rows_once_a_page(self) -> None:
        async with desk() as d:
            await d.press("pagedown", "pagedown", "pagedown")
            d.forget()
            for _ in range(2 * PAGE):
                await d.press("down")
            assert [n.anchor.reach for n in d.app.needs] == [Reach.AFTER] * len(d.app.needs)
            assert 1 <= len(d.app.needs) <= 3
            assert all(n.anchor.key == n.first - 1 for n in d.app.needs)

    @played
    async def test_moving_up_requests_rows_before_the_loaded_ones(self) -> None:
        async with desk() as d:
            await d.press(*["down"] * 3)
            d.table.move_to(500_000)
            await d.pilot.pause()
            assert d.app.needs[-1].anchor == Anchor(Reach.ORDINAL)
            d.forget()
            for _ in range(6):
                await d.press("pageup")
            assert [n.anchor for n in d.app.needs] == [Anchor(Reach.BEFORE, n.first + n.count) for n in d.app.needs]
            assert d.app.needs

    @pytest.mark.usefixtures("few_objects")
    @played
    async def test_only_loaded_rows_are_kept_in_memory(self) -> None:
        async with desk() as d:
            for key in ["pagedown"] * 12 + ["end", "pageup", "home"]:
                await d.press(key)
            gc.collect()
            kept = {item.key for item in gc.get_objects() if isinstance(item, Item)}
            assert kept == set(d.table.window)

    @played
    async def test_a_move_to_rows_not_loaded_waits_for_them(self) -> None:
        async with desk(answers=False) as d:
            d.app.answer(d.app.needs[-1])
            await d.pilot.pause()
            d.forget()
            await d.press("end", "enter")
            assert (d.table.cursor_key, d.table.cursor_row) == (0, None)
            assert d.table.repainted == []
            assert "nº 0.0" in d.line(1)
            d.forget()
            d.table.show(MILLION, MILLION - WINDOW, d.source.read(MILLION - WINDOW, WINDOW))
            await d.pilot.pause()
            assert d.cursor == (MILLION - 1, PAGE - 1)
            assert d.app.messages == [("highlighted", MILLION - 1), ("selected", MILLION - 1)]

    @played
    async def test_a_second_move_while_waiting_scrolls_to_the_target(self) -> None:
        async with desk(answers=False) as d:
            d.app.answer(d.app.needs[-1])
            await d.press("end", "up")
            assert d.line(PAGE).strip() == "…"
            d.app.answer(d.app.needs[-1])
            await d.pilot.pause()
            assert d.cursor == (MILLION - 2, PAGE - 1)

    @played
    async def test_the_latest_move_counts_if_results_arrive_out_of_order(self) -> None:
        async with desk(answers=False) as d:
            d.app.answer(d.app.needs[-1])
            d.table.move_to(700_000)
            await d.pilot.pause()
            d.table.move_to(300_000)
            await d.pilot.pause()
            older, newer = d.app.needs[-2:]
            d.forget()
            assert d.app.answer(newer)
            assert not d.app.answer(older)
            await d.pilot.pause()
            assert d.table.cursor_key == 300_000
            assert d.app.messages == [("highlighted", 300_000)]
            assert 300_000 in d.table.window

    @played
    async def test_a_change_of_the_list_does_not_cancel_a_move(self) -> None:
        async with desk(answers=False) as d:
            d.app.answer(d.app.needs[-1])
            await d.press("end")
            d.source.versions[3] = 1
            assert d.table.show(MILLION, 0, d.source.read(0, WINDOW))
            await d.pilot.pause()
            assert "nº 3.1" in d.line(4)
            d.app.answer(d.app.needs[-1])
            await d.pilot.pause()
            assert d.cursor == (MILLION - 1, PAGE - 1)

    @played
    async def test_a_late_result_is_ignored_after_moving_back(self) -> None:
        async with desk(answers=False) as d:
            d.app.answer(d.app.needs[-1])
            await d.press("end")
            await d.press("home")
            d.forget()
            late = MILLION - WINDOW
            assert not d.table.show(MILLION, late, d.source.read(late, WINDOW))
            await d.pilot.pause()
            assert d.cursor == (0, 0)
            assert d.app.messages == []
            assert "nº 0.0" in d.line(1)

    @played
    async def test_the_same_rows_are_not_requested_twice(self) -> None:
        async with desk(answers=False) as d:
            d.app.answer(d.app.needs[-1])
            d.forget()
            for _ in range(4):
                await d.press("end")
            assert len(d.app.needs) == 1

    @played
    async def test_a_result_with_too_few_rows_causes_no_endless_requests(self) -> None:
        async with desk(answers=False) as d:
            for need in d.app.needs:
                d.table.show(MILLION, need.first, d.source.read(need.first, 3))
            for _ in range(5):
                await d.pilot.pause()
            assert len(d.app.needs) <= 2
            assert d.line(5).strip() == "…"

    @played
    async def test_the_exact_count_can_be_set_after_the_rows(self) -> None:
        async with desk(answers=False) as d:
            d.table.show(0, 0, d.source.read(0, WINDOW))
            assert d.table.total == WINDOW
            d.table.recount(MILLION)
            await d.press("end")
            assert d.app.needs[-1].first == MILLION - WINDOW


class TestPainting:
    @played
    async def test_a_move_does_not_compute_painted_cells_again(self) -> None:
        async with desk() as d:
            d.forget()
            await d.press("down")
            assert (d.source.named, d.source.timed) == (0, 0)
            assert d.table.repainted == [Region(0, 1, SIZE[0] - 1, 1), Region(0, 2, SIZE[0] - 1, 1)]

    @pytest.mark.parametrize(("key", "rows"), [("down", 1), ("pagedown", PAGE), ("end", PAGE)])
    @played
    async def test_a_key_computes_only_rows_that_become_visible(self, key: str, rows: int) -> None:
        async with desk() as d:
            await d.press("pagedown")
            d.forget()
            await d.press(key)
            assert 1 <= d.source.named <= rows
            assert d.source.timed == d.source.named

    @played
    async def test_a_tick_repaints_changed_live_cells_only(self) -> None:
        async with desk() as d:
            await d.press("end", "home")
            d.forget()
            assert d.table.tick(NOW) == 0
            assert (d.source.named, d.source.timed) == (0, PAGE)
            d.source.clock = 1
            assert d.table.tick(NOW) == 2  # the rows 9 and 19 come to the next ten
            assert d.table.repainted == [Region(13, 10, 10, 1), Region(13, 20, 10, 1)]
            await d.pilot.pause()
            assert d.source.named == 0
            assert d.line(10).split() == ["nº", "9.0", "1min", "texto"]

    @played
    async def test_a_row_visible_again_shows_current_live_cells(self) -> None:
        async with desk() as d:
            await d.press("pagedown", "pagedown")
            d.source.clock = 500
            d.table.tick(NOW)
            await d.press("pageup", "pageup")
            assert "50min" in d.line(1)

    @played
    async def test_equal_rows_are_not_repainted(self) -> None:
        async with desk() as d:
            d.forget()
            await d.reload()
            assert d.source.named == 0
            assert d.table.repainted == []

    @played
    async def test_another_number_of_rows_repaints_only_the_lines_that_it_changes(self) -> None:
        """The number is known after the rows, so it must not cost a second page."""
        async with desk(answers=False) as d:
            d.table.show(0, 0, d.source.read(0, WINDOW))
            await d.pilot.pause()
            d.forget()
            d.table.recount(MILLION)
            await d.pilot.pause()
            assert d.table.painted == []
            assert d.table.vertical_scrollbar.window_virtual_size == MILLION + 1
            d.table.show(3, 0, d.source.read(0, 3))
            await d.pilot.pause()
            assert {*d.table.painted} == {*range(4, PAGE + 1)}
            d.forget()
            d.table.show(0, 0, [])
            await d.pilot.pause()
            assert {*range(1, PAGE + 1)} <= {*d.table.painted}
            d.forget()
            d.table.show(1, 0, d.source.read(0, 1))
            await d.pilot.pause()
            assert {*range(1, PAGE + 1)} <= {*d.table.painted}

    @played
    async def test_only_a_changed_row_is_repainted(self) -> None:
        async with desk() as d:
            d.forget()
            d.source.versions[4] = 1
            await d.reload()
            assert d.source.named == 1
            assert d.table.repainted == [Region(0, 5, SIZE[0] - 1, 1)]
            assert "nº 4.1" in d.line(5)

    @played
    async def test_one_row_can_be_refreshed(self) -> None:
        async with desk() as d:
            d.forget()
            d.source.text = "outro"
            d.table.refresh_row(2)
            d.table.refresh_row(MILLION - 1)
            await d.pilot.pause()
            assert d.source.named == 1
            assert ["outro" in d.line(y) for y in (2, 3, 4)] == [False, True, False]

    @played
    async def test_a_theme_repaints_without_computing_cells(self) -> None:
        async with desk() as d:
            before = [segment.style for segment in d.segments(2)]
            d.forget()
            d.app.theme = "textual-light"
            await d.pilot.pause()
            assert [segment.style for segment in d.segments(2)] != before
            assert d.source.named == 0

    @played
    async def test_declared_styles_are_used_and_unknown_ones_ignored(self) -> None:
        async with desk() as d:
            critical, ordinary = d.segments(8)[0], d.segments(9)
            assert critical.style
            assert critical.style.bold
            assert critical.style.color
            assert critical.style.color.name == "#ff0000"
            assert len({segment.style for segment in ordinary}) == 1

    @played
    async def test_an_empty_list_shows_its_text(self) -> None:
        async with desk(Source(())) as d:
            lines = [d.line(y) for y in range(SIZE[1])]
            at = next(y for y, line in enumerate(lines) if "Fila vazia." in line)
            assert at == 10
            assert "F3 abre um atendimento." in lines[at + 1]
            assert lines[at].index("Fila") == (SIZE[0] - 1 - len("Fila vazia.")) // 2
            await d.press("down", "end", "enter")
            assert d.app.messages == []
            d.table.empty_text = ("Nada aqui.",)
            assert any("Nada aqui." in d.line(y) for y in range(SIZE[1]))

    @played
    async def test_an_emptied_list_has_no_cursor_until_it_is_filled(self) -> None:
        async with desk(ten_thousand()) as d:
            d.forget()
            d.source.keys = []
            await d.reload()
            assert d.app.messages == [("lost", 0)]
            d.source.keys = [7, 8]
            await d.reload()
            assert d.app.messages == [("lost", 0), ("highlighted", 7)]

    @played
    async def test_no_text_breaks_a_line(self) -> None:
        async with desk(Source(range(3))) as d:
            for name, d.source.text in HOSTILE.items():
                d.table.refresh_row(2)
                await d.pilot.pause()
                assert sum(segment.cell_length for segment in d.segments(3)) == SIZE[0] - 1, name


class TestAnySize:
    @pytest.mark.parametrize("size", some([(1, 1), (2, 1), (1, 2), (2, 2), (1, 40), (300, 1), (3, 3)], 0, 3, 6))
    @pytest.mark.parametrize("total", [0, 1, MILLION])
    @played
    async def test_every_key_works_in_every_terminal(self, size: tuple[int, int], total: int) -> None:
        async with desk(Source(range(total)), size=size) as d:
            for key in ["down", "pagedown", "end", "up", "pageup", "j", "k", "G", "enter", "home", "end"]:
                await d.press(key)
            d.table.tick(NOW)
            assert d.table.cursor_key == (total - 1 if total else None)
            await d.resize(*SIZE)
            assert d.table.cursor_key == (total - 1 if total else None)
            await d.resize(*size)

    @played
    async def test_rows_can_be_shown_before_the_mount(self) -> None:
        source = Source(range(300))
        app = TableApp(source)
        app.table.show(300, 100, source.read(100, 50), cursor_key=149)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            assert app.table.cursor_key == 149
            assert app.table.cursor_ordinal - app.table.scroll_offset.y in range(PAGE)
