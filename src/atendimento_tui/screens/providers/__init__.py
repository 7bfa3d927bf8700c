"""Who offers appointments: professionals with their hours, sites, specialties."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.providers import acts as acts
    from atendimento_tui.screens.providers import importing as importing
    from atendimento_tui.screens.providers import lines as lines
    from atendimento_tui.screens.providers import one as one
    from atendimento_tui.screens.providers import screen as screen
else:
    __getattr__ = submodules(__name__)
