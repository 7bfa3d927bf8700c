"""One ticket, and what is done to it."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.tickets import acting as acting
    from atendimento_tui.screens.tickets import actions as actions
    from atendimento_tui.screens.tickets import display as display
    from atendimento_tui.screens.tickets import documents as documents
    from atendimento_tui.screens.tickets import parts as parts
    from atendimento_tui.screens.tickets import revealing as revealing
    from atendimento_tui.screens.tickets import screen as screen
    from atendimento_tui.screens.tickets import systems as systems
    from atendimento_tui.screens.tickets import verbs as verbs
else:
    __getattr__ = submodules(__name__)
