"""The people and groups of the desk."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.people import acts as acts
    from atendimento_tui.screens.people import lines as lines
    from atendimento_tui.screens.people import screen as screen
else:
    __getattr__ = submodules(__name__)
