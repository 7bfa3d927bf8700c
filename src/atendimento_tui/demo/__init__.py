"""The demonstration desk of `atendimento demo`: its people and tickets.

Each ticket is opened and moved through the process of its service by the services that people use.
"""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.demo import bills as bills
    from atendimento_tui.demo import create as create
    from atendimento_tui.demo import data as data
    from atendimento_tui.demo import plan as plan
    from atendimento_tui.demo import walks as walks
else:
    __getattr__ = submodules(__name__)
