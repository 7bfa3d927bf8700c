"""Messages of a window: toasts, refusals, faults."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from atendimento_tui import compat, domain, faults, paths, services, texts
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.text import WRITTEN_AT_MOST
from atendimento_tui.texts import intake as intake_texts
from atendimento_tui.widgets.text import safe
from atendimento_tui.window.session import Session

if TYPE_CHECKING:
    from atendimento_tui.config import Settings
    from atendimento_tui.widgets.line_input import LineInput
    from atendimento_tui.widgets.many_lines import ManyLines

TOASTS_AT_MOST = 3
"""Limit of shown toasts. A repeated message replaces the toast with the same text."""


class Notices(Session):
    """A window that shows messages."""

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(database, actor, now, settings)
        self._has_warned_not_saved = False

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a toast; a warning stays longer."""
        message = safe(text)
        others = [toast for toast in compat.toasts(self) if toast.message != message]
        for toast in compat.toasts(self):
            if toast not in others[-(TOASTS_AT_MOST - 1) :]:
                compat.remove_toast(self, toast)
        self.notify(
            message, severity="warning" if warning else "information", timeout=8 if warning else 4, markup=False
        )

    def refusal_text(self, refusal: Refusal) -> str:
        """The sentence of a refusal, with instants in the zone of the desk."""
        zone = self.desk_info.hours.tz if self.desk_info else None
        local = {
            name: value.astimezone(zone) if isinstance(value, datetime) else value
            for name, value in refusal.values.items()
        }
        if refusal.code == "campo_sem_ddd" and self.desk_info:
            local["areas"] = ", ".join(domain.places.areas_of(self.desk_info.unit.city, self.desk_info.unit.uf))
        if isinstance(slots := local.get("slots"), tuple):
            local["slots"] = tuple((*each[:3], "") for each in slots)  # codes are for commands
        return texts.refusals.sentence(refusal.code, local)

    def on_many_lines_shortened(self, event: "ManyLines.Shortened") -> None:
        """Show that a text is longer than its field shows."""
        size, limit = -(-event.size // 1024), WRITTEN_AT_MOST // 1024
        self.show_refusal(Refusal("texto_em_parte", {"size": size, "limit": limit}))

    def on_line_input_too_long(self, event: "LineInput.TooLong") -> None:
        """Show that a paste was refused."""
        self.show_refusal(Refusal("colado_nao_cabe", {"count": event.length, "most": event.most}))

    def show_refusal(self, refusal: Refusal) -> None:
        """Show a refusal as a toast."""
        self.show_message(self.refusal_text(refusal), warning=True)

    def warn_draft_not_saved(self, refusal: Refusal) -> None:
        """Show that typed text is not saved as a draft. Shown once, because it may fail at each key.

        Args:
            refusal: The reason.
        """
        if not self._has_warned_not_saved:
            self._has_warned_not_saved = True
            self.show_message(intake_texts.DRAFT_NOT_KEPT.format(reason=self.refusal_text(refusal)), warning=True)

    def reason_of_error(self, error: Exception) -> Refusal:
        """The refusal of an exception of a service. Other exceptions are logged as faults of the program."""
        refusal = services.refusals.refusal_of(error)
        if refusal is None:
            faults.note(error)
            return Refusal("defeito", {"path": paths.log_file()})
        faults.note_refusal(error, refusal.code)
        return refusal
