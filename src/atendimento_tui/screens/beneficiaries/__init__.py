"""The beneficiaries: finding one, confirming the identity, registering one."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.beneficiaries import lines as lines
    from atendimento_tui.screens.beneficiaries import privacy as privacy
    from atendimento_tui.screens.beneficiaries import register as register
    from atendimento_tui.screens.beneficiaries import screen as screen
    from atendimento_tui.screens.beneficiaries import search as search
else:
    __getattr__ = submodules(__name__)
