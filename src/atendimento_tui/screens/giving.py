"""Giving the papers of a ticket: which one, and how."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

from atendimento_tui import domain, outputs, paths, services
from atendimento_tui.contracts.messages import MessageView, Recipient
from atendimento_tui.contracts.papers import SLIP, PaperView, Way
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import formats
from atendimento_tui.texts import outbox as outbox_texts
from atendimento_tui.texts import papers as texts
from atendimento_tui.window.desk_window import DeskWindow

if TYPE_CHECKING:
    from pathlib import Path

    from atendimento_tui.services.desk import Desk

_Do: TypeAlias = Callable[[], None]


class Giving(Place):
    """A place from which the papers of a ticket are given."""

    def give(self, key: str, way: Way) -> None:
        """Do it, and show what was done.

        Args:
            key: The paper's key in the process, or `SLIP`.
            way: How it is given.
        """
        raise NotImplementedError

    def give_message(self, message: MessageView, recipient: Recipient) -> None:
        """Give a message that a person delivers.

        Args:
            message: The message.
            recipient: Its row in the outbox.
        """
        raise NotImplementedError

    def offer_papers(
        self, ticket: int, protocol: str, papers: Sequence[PaperView], messages: Sequence[MessageView] = ()
    ) -> None:
        """Let the person choose the paper, if there are several, and how it is given.

        Args:
            ticket: The ticket's id.
            protocol: Its number.
            papers: The papers of its process.
            messages: Its messages; those by WhatsApp that nobody has delivered are offered too.
        """
        slip = PaperView(SLIP, texts.SLIP, 1, is_due=False)
        due, others = [each for each in papers if each.is_due], [each for each in papers if not each.is_due]
        by_hand = [
            (message, to)
            for message in messages
            for to in message.recipients
            if message.channel == "whatsapp" and to.state == domain.outbox.Delivery.BY_HAND
        ]
        if not papers and not by_hand:
            self._ask_way(ticket, protocol, slip)
            return
        choices = [
            *(dialogs.choose.Choice[_Do](partial(self.give_message, *each), _named(each[0])) for each in by_hand),
            *(
                dialogs.choose.Choice[_Do](partial(self._ask_way, ticket, protocol, each), each.name, _aside(each))
                for each in (*due, slip, *others)
            ),
        ]
        title = texts.CHOOSE_PAPER.format(protocol=formats.protocol_groups(protocol))

        def chosen(do: _Do | None) -> None:
            if do:
                do()

        self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, texts.CHOOSE_PLACEHOLDER), chosen)

    def _ask_way(self, ticket: int, protocol: str, paper: PaperView) -> None:
        if paper.key == domain.process.outgoing.APPOINTMENT_FILE:  # nobody prints it
            settings = self.desk_app.settings
            self.give(paper.key, Way("arquivo", folder=settings.papers_folder or paths.papers_folder()))
            return

        def read(_desk: "Desk", _now: datetime) -> tuple[str, ...]:
            return outputs.printing.printers()

        def offer(printers: tuple[str, ...]) -> None:
            on_paper = ways_on_paper(self.desk_app, printers, has_form=paper.has_form)
            ways = [*on_paper, *(_OF_SLIP if paper.key == SLIP else ())]
            choices = [dialogs.choose.Choice(*way) for way in ways]
            title = texts.CHOOSE_WAY.format(name=paper.name, protocol=formats.protocol_groups(protocol))
            self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, texts.CHOOSE_PLACEHOLDER), chosen)

        def chosen(way: Way | None) -> None:
            if way is None:
                return
            if way.how == "whatsapp":
                self._show_link(ticket, way)
            elif way.how == "copia":
                self._copy_slip(ticket, way)
            else:
                self.give(paper.key, way)

        self.ask(("entregar", ticket, paper.key), read, offer)

    def _show_link(self, ticket: int, way: Way) -> None:
        def read(desk: "Desk", now: datetime) -> tuple[str, tuple[str, ...]]:
            link = outputs.slip.whatsapp_link(services.intake.slip(desk, ticket, now))
            return link, outputs.qr.qr_lines(link)

        def show(found: tuple[str, tuple[str, ...]]) -> None:
            self.app.push_screen(dialogs.link.LinkDialog(*found, copy), shown)

        def shown(was_given: bool | None) -> None:
            if was_given:
                self.give(SLIP, way)

        def copy(link: str) -> None:
            self.app.copy_to_clipboard(link)
            self.desk_app.show_message(texts.LINK_COPIED)

        self.ask(("link", ticket), read, show)

    def _copy_slip(self, ticket: int, way: Way) -> None:
        def read(desk: "Desk", now: datetime) -> str:
            return "\n".join(outputs.slip.slip_lines(services.intake.slip(desk, ticket, now)))

        def copy(text: str) -> None:
            self.app.copy_to_clipboard(text)
            self.give(SLIP, way)

        self.ask(("copiar", ticket), read, copy)


def copy_link(app: DeskWindow, ticket: int, number: int, body: str, *, has_files: bool) -> None:
    """Copy the link that opens WhatsApp with a message; what the message carries is saved, as a link has only text.

    Args:
        app: The application.
        ticket: Id of the message's ticket.
        number: The number of its row in the outbox.
        body: The text of the message.
        has_files: Whether it carries something.
    """
    app.copy_to_clipboard(domain.outbox.whatsapp_link(body))
    if not has_files:
        app.show_message(outbox_texts.LINK_COPIED)
        return
    folder, request = app.settings.papers_folder or paths.papers_folder(), uuid4().hex

    def save(desk: "Desk", now: datetime) -> "list[Path]":
        return services.outbox.save_files(desk, Order(ticket, desk.actor.person, request, now), number, folder)

    def told(saved: "list[Path]") -> None:
        app.show_message(outbox_texts.LINK_AND_FILES.format(paths=", ".join(map(str, saved))))

    app.serve(save, told)


def ways_on_paper(app: DeskWindow, printers: Sequence[str], *, has_form: bool = False) -> list[tuple[Way, str, str]]:
    """The printers, that of the settings first, and the folder. If that printer is not there, a message says so.

    Args:
        app: The application.
        printers: The printers of the machine.
        has_form: Whether it is a paper with the operator's form; then it may also be given without it.
    """
    settings = app.settings
    wanted = settings.printer
    if wanted and wanted not in printers:
        found = ", ".join(printers) or texts.NO_PRINTERS
        app.show_message(texts.NO_PRINTER.format(printer=wanted, found=found), warning=True)
    folder = settings.papers_folder or paths.papers_folder()
    forms = settings.forms_folder if has_form else None
    ways = []
    for each, print_, save in (
        (forms, texts.PRINT, texts.SAVE),
        *([(None, texts.PRINT_NO_FORM, texts.SAVE_NO_FORM)] if forms else []),
    ):
        for printer in sorted(printers, key=lambda printer: printer != wanted):
            ways.append((Way("impressora", printer, forms=each), print_.format(printer=printer), ""))
        ways.append((Way("arquivo", folder=folder, forms=each), save, str(folder)))
    return ways


def _named(message: MessageView) -> str:
    return texts.MESSAGE.format(about=message.subject or message.body.partition("\n")[0])


def _aside(paper: PaperView) -> str:
    copies = texts.COPIES.format(count=paper.copies) if paper.copies > 1 else ""
    return " · ".join(filter(None, (texts.DUE if paper.is_due else "", copies)))


_OF_SLIP: tuple[tuple[Way, str, str], ...] = (
    (Way("palavra"), texts.BY_WORD, texts.BY_WORD_NOTE),
    (Way("email"), texts.BY_MAIL, texts.BY_MAIL_NOTE),
    (Way("whatsapp"), texts.BY_WHATSAPP, texts.BY_WHATSAPP_NOTE),
    (Way("copia"), texts.BY_CLIPBOARD, texts.BY_CLIPBOARD_NOTE),
)
"""How a slip is given besides on paper."""
