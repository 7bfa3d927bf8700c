"""Dialogs. Each module is imported when it is first used."""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs import act as act
    from atendimento_tui.screens.dialogs import choose as choose
    from atendimento_tui.screens.dialogs import comment as comment
    from atendimento_tui.screens.dialogs import copies as copies
    from atendimento_tui.screens.dialogs import diagnosis as diagnosis
    from atendimento_tui.screens.dialogs import explain as explain
    from atendimento_tui.screens.dialogs import first_run as first_run
    from atendimento_tui.screens.dialogs import form as form
    from atendimento_tui.screens.dialogs import help as help  # noqa: A004 - the name of the module
    from atendimento_tui.screens.dialogs import keep as keep
    from atendimento_tui.screens.dialogs import link as link
    from atendimento_tui.screens.dialogs import lookup as lookup
    from atendimento_tui.screens.dialogs import message as message
    from atendimento_tui.screens.dialogs import number as number
    from atendimento_tui.screens.dialogs import path as path
    from atendimento_tui.screens.dialogs import pause as pause
    from atendimento_tui.screens.dialogs import reading as reading
    from atendimento_tui.screens.dialogs import reason as reason
    from atendimento_tui.screens.dialogs import sign_in as sign_in
    from atendimento_tui.screens.dialogs import write as write
else:
    __getattr__ = submodules(__name__)
