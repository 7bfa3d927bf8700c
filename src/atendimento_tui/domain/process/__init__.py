"""A process defines a service. It is written in TOML.

`schema` defines the words of the file. `read` reads and checks a file (`check`, `reachability`). `stored` reads the
processes that a desk has stored. `fields` decides what a form asks, and `values` what an answer may be. These two do
not import pydantic, so that screens may import them before the first frame; for the same reason this package
imports each module when it is used.
"""

from typing import TYPE_CHECKING

from atendimento_tui.lazy import submodules

if TYPE_CHECKING:
    from atendimento_tui.domain.process import amounts as amounts
    from atendimento_tui.domain.process import check as check
    from atendimento_tui.domain.process import check_outgoing as check_outgoing
    from atendimento_tui.domain.process import errors as errors
    from atendimento_tui.domain.process import facts as facts
    from atendimento_tui.domain.process import fields as fields
    from atendimento_tui.domain.process import formats as formats
    from atendimento_tui.domain.process import outgoing as outgoing
    from atendimento_tui.domain.process import parts as parts
    from atendimento_tui.domain.process import paths as paths
    from atendimento_tui.domain.process import reachability as reachability
    from atendimento_tui.domain.process import read as read
    from atendimento_tui.domain.process import record as record
    from atendimento_tui.domain.process import references as references
    from atendimento_tui.domain.process import schema as schema
    from atendimento_tui.domain.process import stored as stored
    from atendimento_tui.domain.process import subject as subject
    from atendimento_tui.domain.process import templates as templates
    from atendimento_tui.domain.process import toml as toml
    from atendimento_tui.domain.process import values as values
else:
    __getattr__ = submodules(__name__)
