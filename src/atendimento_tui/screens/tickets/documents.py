"""What can be done with the documents and the attachments of an open ticket."""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from textual.color import Color
from textual.content import Content
from textual.style import Style

from atendimento_tui import domain, outputs, paths, services
from atendimento_tui.domain.documents import ACCEPTED, AWAITED, FILE, RECEIVED, REFUSED
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.asking_path import ask_path
from atendimento_tui.screens.tickets.acting import Target
from atendimento_tui.screens.tickets.display import TicketDisplay
from atendimento_tui.screens.tickets.parts import document_line
from atendimento_tui.texts import attachments as file_texts
from atendimento_tui.texts import documents as texts
from atendimento_tui.texts import formats, safekeeping
from atendimento_tui.viewer import forget_files, has_display, show_file
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.contracts.attachments import AttachmentRow
    from atendimento_tui.contracts.documents import DocumentView
    from atendimento_tui.contracts.tickets import TicketView
    from atendimento_tui.outputs.preview import Preview
    from atendimento_tui.services.desk import Desk

_HALF = "▀"
"""A cell whose upper half has the colour of the letter, and its lower half that of the ground."""

_Do: TypeAlias = Callable[[], None]


class DocumentActs(TicketDisplay):
    """The open ticket, with its documents and attachments."""

    # Documents.

    def check_documents(self) -> None:
        """Choose a document and what is recorded of it; then the next one."""
        view = self._view()
        missing_first = sorted(view.documents, key=lambda each: each.is_here)
        choices = [
            dialogs.choose.Choice[_Do](partial(self._ask_what, each), each.name, document_line(each, self._zone))
            for each in missing_first
        ]
        if missing := [each for each in view.documents if not each.is_here and each.is_needed]:
            copy = partial(self._copy_missing, missing)
            choices.append(dialogs.choose.Choice(copy, texts.COPY_MISSING, texts.COPY_MISSING_NOTE))
        title = texts.CHOOSE_TITLE.format(protocol=formats.protocol_groups(view.row.protocol))
        self.choose(title, choices, texts.CHOOSE_PLACEHOLDER, lambda do: do())

    def _ask_what(self, document: "DocumentView") -> None:
        """Choose what is recorded of a document."""
        choices = [
            dialogs.choose.Choice[_Do](partial(self._came, document, way), texts.CAME[way], texts.CAME_NOTE[way])
            for way in document.ways
            if document.state != ACCEPTED
        ]
        decide = [dialogs.choose.Choice[_Do](partial(self._refuse, document), texts.REFUSE, texts.REFUSE_NOTE)]
        if document.state == RECEIVED:
            accept = partial(self._record, document, domain.workflow.Recorded(ACCEPTED), texts.STATE[ACCEPTED])
            decide.insert(0, dialogs.choose.Choice(accept, texts.ACCEPT, texts.ACCEPT_NOTE))
        choices = [*decide, *choices] if document.is_here else [*choices, *decide]
        if document.attachment:
            number, name, key = document.attachment
            open_it = partial(self._open, key)
            choices.append(dialogs.choose.Choice(open_it, texts.OPEN_FILE, f"{number} {name}"))
        if document.state != AWAITED:
            undo = partial(self._record, document, domain.workflow.Recorded(AWAITED), texts.STATE[AWAITED])
            choices.append(dialogs.choose.Choice(undo, texts.UNDO, texts.UNDO_NOTE))
        self.choose(texts.WHAT_TITLE.format(name=document.name), choices, document.why, lambda do: do())

    def _came(self, document: "DocumentView", way: str) -> None:
        if way != FILE:
            self._record(document, domain.workflow.Recorded(RECEIVED, way), texts.WAY[way])
            return

        def take(file: "AttachmentRow") -> None:
            recorded = domain.workflow.Recorded(RECEIVED, FILE, attachment=file.seq)
            self._record(document, recorded, file.name)

        choices = [
            dialogs.choose.Choice[_Do](partial(take, file), f"{file.number} {file.name}", _about(file))
            for file in reversed(self._view().attachments)
        ]
        attach = partial(self._choose_file, lambda _: self._came(document, way))
        choices.append(dialogs.choose.Choice(attach, file_texts.ATTACH_ANOTHER, file_texts.ATTACH_NOTE))
        self.choose(texts.WHICH_FILE.format(name=document.name), choices, "", lambda do: do())

    def _refuse(self, document: "DocumentView") -> None:
        facts = {"name": document.name, "verdict": texts.STATE[REFUSED]}
        self.act_on_ticket("refuse_document", self._view().row, Target(document, facts, document.key), self._next)

    def _record(self, document: "DocumentView", recorded: "domain.workflow.Recorded", verdict: str) -> None:
        facts = {"name": document.name, "verdict": verdict}
        target = Target((document.key, recorded), facts, key=document.key)
        self.act_on_ticket("record_document", self._view().row, target, self._next)

    def _next(self) -> None:
        """Show the documents again, if one is still missing and no dialog is open."""
        missing = self.view and any(not each.is_here and each.is_needed for each in self.view.documents)
        if missing and self.is_current:
            self.check_documents()

    def _copy_missing(self, missing: "list[DocumentView]") -> None:
        """Copy the message that asks for what is missing."""
        row, info = self._view().row, self.desk_app.desk_info
        person = self.view.beneficiary.name if self.view and self.view.beneficiary else row.requester
        items = [(each.name, each.why, each.reason, each.due_on) for each in missing]
        unit = info.unit.name if info else ""
        text = texts.missing_message(person or "", formats.protocol_groups(row.protocol), row.service, unit, items)
        self.app.copy_to_clipboard(text)
        self.desk_app.show_message(texts.MISSING_COPIED)

    # Attachments.

    def attachments(self) -> None:
        """Attach a file, or open or save one of those that are attached."""
        view = self._view()
        choices = [dialogs.choose.Choice[_Do](self._attach_one, file_texts.ATTACH, file_texts.ATTACH_NOTE)]
        if not view.attachments:
            self._attach_one()
            return
        for file in reversed(view.attachments):
            by = formats.instant(file.at.astimezone(self._zone))
            choices.append(
                dialogs.choose.Choice(
                    partial(self._what_to_do, file), f"{file.number} {file.name}", f"{_about(file)} · {by} {file.by}"
                )
            )
        title = file_texts.TITLE.format(protocol=formats.protocol_groups(view.row.protocol))
        self.choose(title, choices, file_texts.PLACEHOLDER, lambda do: do())

    def _attach_one(self) -> None:
        self._choose_file(lambda _: None)

    def _what_to_do(self, file: "AttachmentRow") -> None:
        here = dialogs.choose.Choice[_Do](partial(self._preview, file), file_texts.PREVIEW)
        choices = [
            *([here] if outputs.preview.is_previewed(file.kind) else []),
            dialogs.choose.Choice[_Do](partial(self._open, file.id), file_texts.OPEN),
            dialogs.choose.Choice[_Do](partial(self._save, file.id), file_texts.SAVE, str(paths.saved_folder())),
        ]
        self.choose(f"{file.number} {file.name}", choices, "", lambda do: do())

    def _choose_file(self, then: Callable[[object], None]) -> None:
        """Type the path of a file, or choose one of the inbox folder; then attach it."""
        row = self._view().row

        def attach(path: Path) -> None:
            name = path.name
            self.act_on_ticket("attach_file", row, Target(path, {"name": name}), partial(then, None))

        ask_path(self, file_texts.PATH_TITLE.format(protocol=formats.protocol_groups(row.protocol)), attach)

    def _preview(self, file: "AttachmentRow") -> None:
        """Show an attachment in the terminal: a picture by half blocks, else its text."""
        columns = self.size.width - 12

        def read(desk: "Desk", _now: datetime) -> "Preview":
            _, content = services.attachments.read(desk, file.id)
            return outputs.preview.preview(file.kind, content, columns)

        def show(found: "Preview") -> None:
            title = f"{file.number} {file.name}"
            self.app.push_screen(dialogs.reading.ReadingDialog(title, _shown(found), file_texts.PREVIEW_HINT))

        self.desk_app.serve(read, show)

    def _open(self, attachment: int) -> None:
        """Open an attachment by the system's viewer; without a display it is saved under a neutral name."""

        def read(desk: "Desk", now: datetime) -> tuple[str, bool]:
            forget_files(paths.viewed_folder(), now)
            file, content = services.attachments.read(desk, attachment)
            stem, ending = domain.attachments.neutral_name(file.number, file.kind)
            shows = has_display(os.environ) and domain.attachments.KINDS[file.kind].is_viewed
            folder = paths.viewed_folder() if shows else paths.saved_folder()
            path = outputs.in_place.numbered_file(folder, stem, ending, content, desk.file)
            return str(path), shows and show_file(path)

        def told(done: tuple[str, bool]) -> None:
            path, is_shown = done
            self.desk_app.show_message((file_texts.OPENED if is_shown else file_texts.SAVED).format(path=path))

        self.desk_app.serve(read, told)

    def _save(self, attachment: int) -> None:
        """Save an attachment under its name."""

        def read(desk: "Desk", _now: datetime) -> Path:
            file, content = services.attachments.read(desk, attachment)
            stem, ending = domain.attachments.file_name(file.name, file.kind)
            return outputs.in_place.numbered_file(paths.saved_folder(), stem, ending, content, desk.file)

        self.desk_app.serve(read, lambda path: self.desk_app.show_message(file_texts.SAVED.format(path=path)))

    def _view(self) -> "TicketView":
        assert self.view, "why_not refuses it before the ticket is read"
        return self.view


def _shown(found: "Preview") -> list[Content]:
    """A preview as lines. Text of a file is never markup or a control code."""
    if not found.pixels:
        lines = [each.rstrip() for each in found.text.splitlines()] or [file_texts.PREVIEW_EMPTY]
        return [plain(each) for each in lines[: outputs.preview.MOST_LINES]]
    return [
        Content.assemble(*((_HALF, Style(foreground=Color(*upper), background=Color(*lower))) for upper, lower in row))
        for row in found.pixels
    ]


def _about(file: "AttachmentRow") -> str:
    return f"{file_texts.KIND[file.kind]}, {safekeeping.size(file.size)}"
