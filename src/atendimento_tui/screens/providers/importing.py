"""Hours from a file: what the import would do is shown first, then it is confirmed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from atendimento_tui import services
from atendimento_tui.contracts.providers import AgendaImport, Provider
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.providers.acts import SupplyActs
from atendimento_tui.texts import formats
from atendimento_tui.texts import providers as texts
from atendimento_tui.texts.refusals import in_file
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

    Import: TypeAlias = Callable[[Desk, datetime, bool], AgendaImport]
    """Imports; the last argument is whether it is only a trial."""


class Importing(SupplyActs):
    """The import of hours."""

    def choose_import(self) -> None:
        """Ask of which kind the file is."""
        choices = [dialogs.choose.Choice(way, text) for way, text in texts.IMPORT_WAYS.items()]
        self.choose(texts.IMPORT_TITLE, choices, self._ask_file)

    def import_for(self, one: Provider, values: Mapping[str, str]) -> None:
        """Import an iCalendar file for a professional."""
        self._ask_file("ics", one, values)

    def _ask_file(self, way: str, one: Provider | None = None, values: Mapping[str, str] | None = None) -> None:
        items = self.items_of(way, values or {"slot": str(services.typed_hours.USUAL_SLOT_MIN)})
        if one:
            del items["provider"]

        def work(desk: "Desk", now: datetime, given: "Words", _request: str) -> "tuple[Import, AgendaImport]":
            own = _import_of(way, given, one)
            return own, own(desk, now, True)

        self.keep(
            texts.IMPORT_OF.format(name=one.name) if one else texts.IMPORT_TITLES[way],
            items,
            work,
            lambda found: self._confirm(*found),
            draft=("oferta.importar", f"{way} {one.id if one else ''}"),
        )

    def _confirm(self, own: "Import", trial: AgendaImport) -> None:
        """Say what the import would do, and ask. A wrong line is only read: the question comes again."""
        wrong = [in_file(number, *refusal) for number, refusal in trial.problems]
        counts = {"same": formats.number(trial.same), "wrong": formats.number(trial.problems_count)}
        if not (trial.new or trial.changed):
            self.desk_app.show_message(texts.IMPORT_NOTHING.format(**counts), warning=bool(wrong))
            if wrong:
                lines = map(plain, wrong)
                self.app.push_screen(dialogs.reading.ReadingDialog(texts.IMPORT_TITLE, lines, texts.READING_HINT))
            return
        told = [texts.WOULD_UNPLACE.format(count=formats.number(trial.unplaced))] if trial.unplaced else []
        told += [texts.UNKEYED.format(count=formats.number(trial.unkeyed))] if trial.unkeyed else []
        choices = [dialogs.choose.Choice("no", texts.IMPORT_NO), dialogs.choose.Choice("yes", texts.IMPORT_YES)]
        choices += [dialogs.choose.Choice("read", line) for line in (*told, *wrong)]

        def chosen(answer: str) -> None:
            if answer == "read":
                self._confirm(own, trial)
            elif answer == "yes":
                self.desk_app.serve(lambda desk, now: own(desk, now, False), self._imported)

        new, changed = formats.number(trial.new), formats.number(trial.changed)
        self.choose(texts.IMPORT_SUMMARY.format(new=new, changed=changed, **counts), choices, chosen)

    def _imported(self, done: AgendaImport) -> None:
        counts = {name: formats.number(getattr(done, name)) for name in ("new", "changed", "same")}
        self.changed(texts.IMPORTED.format(**counts))
        self.tell_unplaced(done.unplaced)


def _import_of(way: str, given: "Words", one: Provider | None) -> "Import":
    file = Path(given["file"]).expanduser()

    def of_list(desk: "Desk", now: datetime, trial: bool) -> AgendaImport:
        own_map = Path(given["map"]).expanduser()
        return services.agenda_import.import_agenda(desk, file, own_map, now, lambda *_: None, trial=trial)

    def of_calendar(desk: "Desk", now: datetime, trial: bool) -> AgendaImport:
        return services.agenda_import.import_calendar(
            desk,
            file,
            now,
            provider=one.id if one else given["provider"],
            site=given["site"],
            specialty=given["specialty"],
            slot=given["slot"],
            trial=trial,
        )

    return of_list if way == "csv" else of_calendar
