"""Other systems in an open ticket: its numbers there, and the blocks that are pasted there."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from atendimento_tui import services
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.tickets.acting import Shown, Target
from atendimento_tui.screens.tickets.display import TicketDisplay
from atendimento_tui.texts import external as texts
from atendimento_tui.texts import formats

if TYPE_CHECKING:
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.tickets import ActDone, Order, TicketView
    from atendimento_tui.domain.external import System
    from atendimento_tui.services.desk import Desk


class TicketSystems(TicketDisplay):
    """The acts of an open ticket on other systems."""

    def show_systems(self) -> None:
        """Choose a system, and whether a number is added or removed, or its block copied."""
        view = self.view
        assert view, "why_not refuses it before the ticket is read"

        def read(desk: "Desk", _now: datetime) -> "tuple[System, ...]":
            return services.external.systems(desk)

        self.ask(("sistemas", view.row.key), read, partial(self._offer_systems, view))

    def _offer_systems(self, view: "TicketView", systems: "tuple[System, ...]") -> None:
        row, choices = view.row, list[dialogs.choose.Choice[Callable[[], None]]]()
        for each in systems:
            named = {"system": each.name}
            add = partial(self._add_number, row, each.name)
            choices.append(dialogs.choose.Choice(add, texts.ADD.format(**named)))
            if each.block:
                copy = partial(self._copy_block, row, each.name)
                choices.append(dialogs.choose.Choice(copy, texts.COPY.format(**named), texts.COPY_NOTE))
        for number in view.external:
            if not number.field:
                target = Target(number.id, {"system": number.system})
                remove = partial(self.act_on_ticket, "remove_number", row, target)
                name = texts.REMOVE.format(system=number.system, number=number.number)
                choices.append(dialogs.choose.Choice(remove, name))
        if choices:
            title = texts.TITLE.format(protocol=formats.protocol_groups(row.protocol))
            self.choose(title, choices, texts.PLACEHOLDER, lambda do: do())
        else:
            self.desk_app.show_message(texts.NO_SYSTEMS, warning=True)

    def _add_number(self, row: "QueueRow", system: str) -> None:
        self.act_on_ticket("add_number", row, Target(system, {"system": system}, key=system), self._warn_of_repeat)

    def _warn_of_repeat(self) -> None:
        """Say which other tickets have the number that was added last."""
        numbers = [each for each in self.view.external if not each.field] if self.view else []
        if numbers and numbers[-1].also_in:
            last = numbers[-1]
            protocols = ", ".join(map(formats.protocol_groups, last.also_in))
            message = texts.REPEATED.format(system=last.system, number=last.number, protocols=protocols)
            self.desk_app.show_message(message, warning=True)

    def _copy_block(self, row: "QueueRow", system: str) -> None:
        copied: list[str] = []

        def do(desk: "Desk", order: "Order") -> "ActDone":
            done, block = services.blocks.copy_block(desk, order, system)
            copied.append(block)
            return done

        def finish(shown: "tuple[ActDone, Shown]") -> None:
            self.app.copy_to_clipboard(copied[0])
            self._show_act(texts.COPIED, *shown, {"system": system})

        self.desk_app.perform(self._and_read(do), row.key, row.version, uuid4().hex, finish)
