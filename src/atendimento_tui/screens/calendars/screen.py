"""The calendars of the desk: a year at a glance, and the changes, each previewed before it is confirmed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from atendimento_tui import outputs, services
from atendimento_tui.actions.areas.calendars import PLACE
from atendimento_tui.contracts.calendars import CalendarPreview, CalendarVersion, MovedClock
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens import dialogs, tickets
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.texts import calendars as texts
from atendimento_tui.texts import formats
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.year import Mark, Year

if TYPE_CHECKING:
    from atendimento_tui.calendar import BusinessCalendar
    from atendimento_tui.calendar.changes import CalendarChange
    from atendimento_tui.screens.dialogs.keep import Item
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

HOLIDAY, SPECIAL = "×", "+"
"""Signs of closed days and of days with their own hours."""

_MARKS = {"holiday": Mark(HOLIDAY, "bold $text-error"), "special": Mark(SPECIAL, "bold $text-warning")}
_CLOSED = Mark(" ", "dim")


class Shown(NamedTuple):
    """What the place shows: the calendars, and the lines of the one that is shown."""

    versions: list[CalendarVersion]
    current: CalendarVersion
    calendar: "BusinessCalendar"
    week: list[str]
    series: list[CalendarVersion]
    missing: list[str]
    optional: tuple[str, ...]


class CalendarsScreen(Keeping):
    """The place of calendars.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = ""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._shown: Shown | None = None
        self._at = 0
        self.cursor: date | None = None

    def body(self) -> ComposeResult:
        """The calendars, the months, the day under the cursor."""
        yield Bar(id="tabs")
        with VerticalScroll(id="months", can_focus=False):
            yield Year(texts.MONTHS, texts.WEEK, id="year")
        yield Lines(id="about")

    # Called by Textual and by the application.

    def desk_info_changed(self) -> None:
        """Read the calendars again."""
        super().desk_info_changed()
        self.desk_changed()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the calendars again."""
        del changes
        at = self._at

        def read(desk: "Desk", now: datetime) -> Shown:
            versions = services.calendars.calendars(desk)
            current = versions[at % len(versions)]
            _, spec, calendar = services.calendars.calendar(desk, current.name)
            series = services.calendars.versions(desk, current.name)
            missing = services.calendars.without_next_year(desk, now)
            week, optional = [*outputs.calendars.week_lines(spec)], services.calendars.optional_days()
            return Shown(versions, current, calendar, week, series, missing, optional)

        self.load(read, self._show)

    def on_resize(self) -> None:
        """Show the cursor in the new size."""
        self.after_refresh(self._paint)

    # What is shown.

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._paint()

    def _today(self) -> date:
        info = self.desk_app.desk_info
        return self._now().astimezone(info.hours.tz if info else None).date()

    def _day(self) -> date:
        return self.cursor or self._today()

    def _paint(self) -> None:
        shown = self._shown
        if not self.is_built or shown is None:
            return
        day, calendar = self._day(), shown.calendar
        pieces = [
            Piece(f" {version.name} ", "reverse bold" if version.id == shown.current.id else "")
            for version in shown.versions
        ]
        self.query_one("#tabs", Bar).set(pieces, [Piece(str(day.year))])
        year = self.query_one(Year)
        year.show(_marks(calendar, day.year), day, self._today())
        self.after_refresh(self._show_cursor)
        lines: list[Content] = [plain(outputs.calendars.day_line(calendar.day(day)), "bold")]
        if shown.missing:
            names = ", ".join(shown.missing)
            lines.append(plain(texts.NEXT_YEAR.format(year=self._today().year + 1, names=names), "bold $text-warning"))
        lines += [plain(line) for line in shown.week]
        lines.append(plain(texts.LEGEND.format(holiday=HOLIDAY, special=SPECIAL), "dim"))
        self.query_one("#about", Lines).show(lines)
        self.paint_footer()

    def _show_cursor(self) -> None:
        """Scroll to the month of the cursor, once it is laid out."""
        place = self.query_one(Year).place_of_cursor()
        self.query_one("#months", VerticalScroll).scroll_to_region(place, animate=False, force=True)

    # The registry has the names of these methods.

    def turn(self, by: int) -> None:
        """Show the next calendar."""
        if self._shown:
            self._at = (self._at + by) % len(self._shown.versions)
            self.desk_changed()

    def move(self, by: int) -> None:
        """Move the cursor by days."""
        self.cursor = _within(self._day(), by)
        self._paint()

    def turn_year(self, by: int) -> None:
        """Show the same day of another year."""
        day = self._day()
        year = min(max(day.year + by, date.min.year), date.max.year)
        self.cursor = day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
        self._paint()

    def today(self) -> None:
        """Show today."""
        self.cursor = None
        self._paint()

    def show_versions(self) -> None:
        """Show hours, marked days and versions."""
        shown, info = self._shown, self.desk_app.desk_info
        if shown and info:
            year = self._day().year
            days = outputs.calendars.marked_days(shown.calendar, date(year, 1, 1), date(year, 12, 31))
            lines = [*shown.week, "", *map(outputs.calendars.day_line, days), ""]
            lines += [outputs.calendars.version_line(version, info.hours.tz) for version in shown.series]
            title = texts.VERSIONS_TITLE.format(name=shown.current.name, year=year)
            self.app.push_screen(dialogs.reading.ReadingDialog(title, map(plain, lines), texts.READING_HINT))

    def change_hours(self) -> None:
        """Change the hours of the week."""
        item = dialogs.keep.Item
        self._change(
            texts.HOURS_TITLE,
            {
                "hours": item(texts.HOURS_LABEL, "", texts.HOURS_NOTE),
                "since": item(texts.SINCE_LABEL, formats.date(self._day()), texts.DAY_NOTE, is_suggestion=True),
            },
            lambda _desk, _now, given: services.calendars.change_of_hours(given["hours"], given["since"]),
            "calendarios.horario",
        )

    def change_day(self) -> None:
        """Close the day under the cursor, or give it other hours."""
        item = dialogs.keep.Item
        self._change(
            texts.DAY_TITLE,
            {
                "name": item(texts.NAME_LABEL, "", texts.NAME_NOTE),
                "hours": item(texts.DAY_HOURS_LABEL, "", texts.DAY_HOURS_NOTE),
                "day": item(texts.DAY_LABEL, formats.date(self._day()), texts.DAY_NOTE, is_suggestion=True),
                "reason": item(texts.REASON_LABEL, "", texts.REASON_NOTE),
            },
            lambda _desk, _now, given: services.calendars.change_of_day(given["day"], given["name"], given["hours"]),
            "calendarios.dia",
        )

    def change_optional(self) -> None:
        """Change what is done on an optional day of the place."""
        if self._shown is None:
            return
        item, name = dialogs.keep.Item, self._shown.current.name
        self._change(
            texts.OPTIONAL_TITLE,
            {
                "day": item(texts.OPTIONAL_DAY, options={day: day for day in self._shown.optional}),
                "how": item(texts.OPTIONAL_HOW, "fecha", options=texts.OPTIONAL),
                "since": item(texts.SINCE_LABEL, formats.date(self._day()), texts.DAY_NOTE, is_suggestion=True),
            },
            lambda desk, _now, given: services.calendars.change_of_optional_day(
                desk, name, given["day"], given["how"], given["since"]
            ),
            "calendarios.facultativo",
        )

    def change_back(self) -> None:
        """Remove what is entered for the day under the cursor."""
        day = formats.date(self._day())
        item = dialogs.keep.Item
        self._change(
            texts.BACK_TITLE.format(name="{name}", day=day),
            {"reason": item(texts.REASON_LABEL, "", texts.REASON_NOTE)},
            lambda _desk, _now, _given: services.calendars.change_back(day),
            "calendarios.desfazer",
        )

    def import_days(self) -> None:
        """Close the days of the town in a file."""
        item = dialogs.keep.Item
        self._change(
            texts.IMPORT_TITLE,
            {"file": item(texts.FILE_LABEL, "", texts.FILE_NOTE)},
            lambda desk, now, given: services.setup.change_of_town(desk, Path(given["file"]).expanduser(), now),
            "calendarios.importar",
        )

    def show_untold(self) -> None:
        """List the tickets whose told date has moved without a message; the chosen one is opened."""

        def offer(found: "list[MovedClock]") -> None:
            if not self.is_current:
                return
            if not found:
                self.desk_app.show_message(texts.TO_TELL_NONE)
                return
            info = self.desk_app.desk_info
            assert info, "the desk is open"
            choices = [
                dialogs.choose.Choice(
                    move.ticket,
                    f"{formats.protocol_groups(move.protocol)}  {move.service}",
                    outputs.calendars.untold_text(move, info.hours.tz),
                )
                for move in found
            ]
            title = texts.TO_TELL_TITLE.format(count=formats.number(len(found)))
            self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, texts.TO_TELL_FIND), opened)

        def opened(ticket: int | None) -> None:
            if ticket is not None:
                self.app.push_screen(tickets.screen.TicketScreen(ticket, self._now))

        self.desk_app.serve(lambda desk, _now: services.calendars.to_tell(desk), offer)

    def _change(
        self,
        title: str,
        items: "Mapping[str, Item]",
        change_of: "Callable[[Desk, datetime, Words], CalendarChange]",
        draft: str,
    ) -> None:
        """Ask what changes, and preview it."""
        if self._shown is None:
            return
        name = self._shown.current.name

        def work(
            desk: "Desk", now: datetime, given: "Words", _request: str
        ) -> "tuple[CalendarChange, str, CalendarPreview]":
            change, reason = change_of(desk, now, given), given.get("reason", "")
            return change, reason, services.calendars.preview(desk, name, change, now, reason)

        self.keep(title.format(name=name), items, work, lambda found: self._ask(*found), draft=(draft, name))

    def _ask(self, change: "CalendarChange", reason: str, preview: CalendarPreview) -> None:
        """Show what a change does, and confirm it. An entry of the list is only read: the list is shown again."""
        info = self.desk_app.desk_info
        assert info, "the desk is open"
        first, *lines = outputs.calendars.preview_lines(preview, info.hours.tz)
        choices = [dialogs.choose.Choice("no", texts.KEEP), dialogs.choose.Choice("yes", texts.CONFIRM)]
        choices += [dialogs.choose.Choice("read", line.strip()) for line in lines]
        count, running = formats.number(len(preview.moves)), formats.number(preview.running)
        title = texts.PREVIEW_TITLE.format(
            name=preview.base.name, day=formats.date(preview.effect), count=count, running=running
        )
        name = preview.base.name

        def chosen(answer: str | None) -> None:
            if answer == "read":
                self._ask(change, reason, preview)
            elif answer == "yes":
                self.desk_app.serve(
                    lambda desk, now: services.calendars.confirm(desk, name, change, preview.base.id, now, reason),
                    confirmed,
                    refused,
                )

        def confirmed(_: object) -> None:
            self.changed(texts.DONE.format(name=name))
            self.desk_app.sweep()  # moves the running clocks: a ticket that is opened next shows its new date

        def refused(refusal: Refusal) -> None:
            """Somebody changed the calendar meanwhile: what the change does now is shown."""
            self.desk_app.show_refusal(refusal)
            if refusal.code == "calendario_alterado" and self.is_current:
                self.desk_app.serve(
                    lambda desk, now: services.calendars.preview(desk, name, change, now, reason),
                    lambda again: self._ask(change, reason, again),
                )

        del first
        self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, texts.FIND), chosen)


def _within(day: date, by: int) -> date:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return day


def _marks(calendar: "BusinessCalendar", year: int) -> dict[date, Mark]:
    """The days of a year that are closed or have their own hours."""
    found, day = {}, date(year, 1, 1)
    for _ in range((date(year, 12, 31) - day).days + 1):
        about = calendar.day(day)
        if about.reason in _MARKS:
            found[day] = _MARKS[about.reason]
        elif not about.hours:
            found[day] = _CLOSED
        day = _within(day, 1)
    return found
