"""A new intake, from choosing the service to the slip."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.intake import choosing as choosing
    from atendimento_tui.screens.intake import drafting as drafting
    from atendimento_tui.screens.intake import form as form
    from atendimento_tui.screens.intake import screen as screen
    from atendimento_tui.screens.intake import steps as steps
else:
    __getattr__ = submodules(__name__)
