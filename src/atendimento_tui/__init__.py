"""The terminal workstation of a front desk and a support desk. The command imports these modules when it uses them."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui import faults as faults
    from atendimento_tui import paths as paths
else:
    __getattr__ = submodules(__name__)

__version__ = "0.1.0"
