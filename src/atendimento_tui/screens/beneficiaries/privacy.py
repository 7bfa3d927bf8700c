"""The acts of the place of beneficiaries on personal data: exported, held, anonymised."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from atendimento_tui import outputs, paths, services
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.privacy import Anonymised, Erasure, Expired
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.list_place import SearchedPlace
from atendimento_tui.texts import beneficiaries as place_texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import privacy as texts
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


class PrivacyActs(SearchedPlace[BeneficiaryRow]):
    """A place with acts on the personal data of the person under its cursor."""

    def export_person(self) -> None:
        """Ask why, and save everything about the person as a file."""
        row = self._row()
        folder = self.desk_app.settings.papers_folder or paths.papers_folder()
        self.keep(
            texts.EXPORT_TITLE.format(name=row.name),
            {
                "reason": dialogs.keep.Item(texts.REASON, note=texts.REASON_NOTE),
                "form": dialogs.keep.Item(texts.FORM, next(iter(texts.FORMS)), options=texts.FORMS),
            },
            lambda desk, now, given, _: services.privacy.save_export(
                desk, row.id, given["reason"], given["form"], folder, now
            ),
            self._exported,
            draft=("beneficiarios.exportar", str(row.id)),
            above=[texts.EXPORT_WHERE.format(folder=folder)],
        )

    def _exported(self, path: Path) -> None:
        self.desk_app.show_message(texts.SAVED.format(path=path))

    def hold_person(self) -> None:
        """Hold the person's data, after asking why, or end that."""
        row = self._row()

        def read(desk: "Desk", _now: datetime) -> str:
            return services.privacy.held_because(desk, row.id)

        def ask(why: str) -> None:
            if why:
                self.confirm(
                    texts.RELEASE_TITLE.format(name=row.name, reason=why),
                    texts.RELEASE,
                    lambda: self._release(row, why),
                )
            else:
                self._hold(row)

        self.ask(("reter", row.id), read, ask)

    def _hold(self, row: BeneficiaryRow) -> None:
        def work(desk: "Desk", now: datetime, given: "dialogs.write.Words", _request: str) -> None:
            reason = services.beneficiaries.reason_to_see(given["reason"])
            services.privacy.hold(desk, row.id, reason, now, seen="")

        self.keep(
            texts.HOLD_TITLE.format(name=row.name),
            {"reason": dialogs.keep.Item(texts.HOLD_REASON, note=place_texts.REVEAL_NOTE)},
            work,
            lambda _: self.desk_app.show_message(texts.HELD_HERE.format(name=row.name)),
            draft=("beneficiarios.reter", str(row.id)),
        )

    def _release(self, row: BeneficiaryRow, why: str) -> None:
        self.desk_app.serve(
            lambda desk, now: services.privacy.hold(desk, row.id, "", now, seen=why),
            lambda _: self.desk_app.show_message(texts.FREE),
        )

    def anonymise_person(self) -> None:
        """Show what would be erased, and why it may not be now; if it may, ask for the reason and the name."""
        self._preview(self._row().id)

    def list_expired(self) -> None:
        """List those whose data need not be kept; choosing one shows what would be erased."""

        def read(desk: "Desk", now: datetime) -> list[Expired]:
            return services.privacy.expired(desk, now)

        def show(found: Sequence[Expired]) -> None:
            if not found:
                self.desk_app.show_message(texts.NOBODY)
                return
            choices = [
                dialogs.choose.Choice(each.number, each.name, texts.expired_aside(each.since, each.tickets))
                for each in found
            ]
            self.choose(texts.EXPIRED_TITLE.format(count=formats.number(len(found))), choices, self._preview)

        self.ask("vencidos", read, show)

    def clean_file(self) -> None:
        """Overwrite in the file what was erased."""
        self.desk_app.serve(
            lambda desk, _now: services.privacy.clean(desk),
            lambda is_clean: self.desk_app.show_message(
                texts.CLEAN if is_clean else texts.NOT_SCRUBBED_HERE, warning=not is_clean
            ),
        )

    def _preview(self, person: int) -> None:
        def read(desk: "Desk", now: datetime) -> Erasure:
            return services.privacy.erasure(desk, person, now)

        def show(found: Erasure) -> None:
            lines = [*outputs.privacy.erasure_lines(found)]
            if found.refusal:
                title = texts.CANNOT_TITLE.format(name=found.name)
                shown = [self.desk_app.refusal_text(found.refusal), "", *lines]
                dialog = dialogs.reading.ReadingDialog(title, map(plain, shown), place_texts.READING_HINT)
                self.app.push_screen(dialog)
            else:
                self._anonymise(person, found.name, lines)

        self.ask(("anonimizar", person), read, show)

    def _anonymise(self, person: int, name: str, above: Sequence[str]) -> None:
        self.keep(
            texts.ANONYMISE_TITLE.format(name=name),
            {
                "reason": dialogs.keep.Item(texts.REASON, note=texts.REASON_NOTE),
                "typed": dialogs.keep.Item(texts.TYPED, note=texts.TYPED_NOTE, is_draft=False),
            },
            lambda desk, now, given, _: services.privacy.anonymise(
                desk, person, given["reason"], now, typed=given["typed"]
            ),
            self._anonymised,
            draft=("beneficiarios.anonimizar", str(person)),
            above=above,
        )

    def _anonymised(self, done: Anonymised) -> None:
        words = [texts.DONE.format(name=done.name, tickets=texts.tickets(done.tickets))]
        words += [] if done.is_scrubbed else [texts.NOT_SCRUBBED_HERE]
        words += ["", texts.ELSEWHERE, *(texts.COPY.format(path=path) for path in done.copies)]
        dialog = dialogs.reading.ReadingDialog(done.name, map(plain, words), place_texts.READING_HINT)
        self.app.push_screen(dialog)
        self.forget()  # what was searched for may be the name
