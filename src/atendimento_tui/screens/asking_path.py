"""Asking for a file: its path, or one of the person's inbox folder."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from atendimento_tui import paths, services
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import safekeeping

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def ask_path(place: Place, title: str, then: Callable[[Path], None]) -> None:
    """Ask for a file; `then` is called with its path, if one was chosen.

    Args:
        place: The place that asks.
        title: The title of the dialog.
    """

    def read(desk: "Desk", _now: datetime) -> tuple[str, list[tuple[str, int]]]:
        folder, files = services.attachments.inbox(desk, paths.settings_file())
        return str(folder or ""), files

    def offer(found: tuple[str, list[tuple[str, int]]]) -> None:
        folder, files = found
        dialog = dialogs.path.PathDialog(title, folder, [(name, safekeeping.size(size)) for name, size in files])
        place.app.push_screen(dialog, lambda path: then(path) if path else None)

    place.ask(("arquivo", title), read, offer)
