"""The calendars of the desk."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.calendars import screen as screen
else:
    __getattr__ = submodules(__name__)
