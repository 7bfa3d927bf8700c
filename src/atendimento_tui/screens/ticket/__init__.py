"""One ticket, and what is done to it."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.ticket import acting as acting
    from atendimento_tui.screens.ticket import actions as actions
    from atendimento_tui.screens.ticket import display as display
    from atendimento_tui.screens.ticket import parts as parts
    from atendimento_tui.screens.ticket import screen as screen
    from atendimento_tui.screens.ticket import verbs as verbs
else:
    __getattr__ = submodules(__name__)
