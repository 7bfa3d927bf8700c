"""The one registry of what can be done: bindings, footer, palette, help and the settings file all read it.

Screens name the actions that they answer to and say why one is not possible now; keys are nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding

from atendimento_tui.texts import actions as texts


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person may ask for.

    Attributes:
        id: Its name in the registry, in bindings and in the settings file: `place.verb`.
        keys: What asks for it, the first one being the one that is told.
        in_footer: Whether the footer offers it where the place has it.
        label: Of an action of a process: what the process calls it.
    """

    id: str
    keys: tuple[str, ...]
    in_footer: bool = False
    label: str = ""

    @property
    def group(self) -> str:
        return "lugares" if self.id.startswith("ir.") else self.id.partition(".")[0]

    @property
    def title(self) -> str:
        """The word in the footer."""
        return self.label or texts.ACTIONS[self.id][0]

    @property
    def help(self) -> str:
        """The sentence in help and palette."""
        return texts.OF_PROCESS if self.label else texts.ACTIONS[self.id][1]

    @property
    def key_name(self) -> str:
        """The first key as people call it."""
        return key_name(self.keys[0]) if self.keys else ""


ON_TICKET = (
    Action("fila.assumir", ("a",), in_footer=True),
    Action("fila.comentar", ("c",), in_footer=True),
    Action("fila.pausar", ("s",), in_footer=True),
    Action("fila.retomar", ("r",), in_footer=True),
    Action("fila.explicar", ("p",), in_footer=True),
    Action("fila.agir", ("full_stop",)),
    Action("fila.encaminhar", ("e",)),
    Action("fila.criticidade", ("h",)),
    Action("fila.copiar", ("y",)),
)
"""What is done to a ticket, the same on its row in the queue and where it is open."""

QUEUE = (
    *ON_TICKET,
    Action("fila.filtrar", ("slash",), in_footer=True),
    Action("fila.abrir", ("enter",), in_footer=True),
    Action("fila.proximo", ("plus", "equals_sign")),
    Action("fila.aba_seguinte", ("tab", "right")),
    Action("fila.aba_anterior", ("shift+tab", "left")),
    *(Action(f"fila.aba_{number}", (str(number),)) for number in range(1, 7)),
)
"""What the queue answers to."""

TICKET = (
    *ON_TICKET,
    Action("atendimento.documentos", ("k",), in_footer=True),
    Action("atendimento.corrigir", ("comma",)),
    Action("atendimento.citado", ("enter",)),
    Action("atendimento.secao_seguinte", ("tab",)),
    Action("atendimento.secao_anterior", ("shift+tab",)),
    Action("atendimento.voltar", ("escape",)),
)
"""What an open ticket answers to, besides the actions of its step."""

PROCESS = "processo."
"""What the id of an action of a process begins with."""

INTAKE = (
    Action("novo.gravar", ("ctrl+s",), in_footer=True),
    Action("novo.copiar", ("y",), in_footer=True),
    Action("novo.seguinte", ("ctrl+n",)),
    Action("novo.descartar", ("ctrl+l",), in_footer=True),
)
"""What a new intake answers to."""

EVERYWHERE = (
    Action("geral.ajuda", ("f1", "question_mark"), in_footer=True),
    Action("geral.comandos", ("ctrl+p",), in_footer=True),
    Action("ir.fila", ("f2",)),
    Action("ir.novo", ("f3",), in_footer=True),
    Action("ir.escolher", ("g",)),
    Action("geral.pessoa", ("u",)),
    Action("geral.foto", ()),
    Action("geral.sair", ("ctrl+q", "f10")),
)
"""What every place answers to."""

PLACES: Mapping[str, str] = {"f": "ir.fila", "n": "ir.novo"}
"""Letter after `g` -> the place it goes to."""


def registry() -> dict[str, Action]:
    """Every action, by its id."""
    return {action.id: action for action in (*QUEUE, *TICKET, *INTAKE, *EVERYWHERE)}


def of_process(key: str, letter: str | None, label: str) -> Action:
    """An action of a ticket's step: known only while the ticket is looked at."""
    return Action(f"{PROCESS}{key}", (letter,) if letter else (), label=label)


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """The bindings of a place; each bears its action's id, so that the settings file can give it other keys."""
    return [
        Binding(",".join(action.keys), f"do('{action.id}')", action.title, id=action.id, show=False)
        for action in actions
        if action.keys
    ]


def key_name(key: str) -> str:
    """A key as people call it, the same everywhere: `F1`, `Ctrl+P`, `Shift+Tab`, `/`."""
    if key in texts.KEY_NAMES:
        return texts.KEY_NAMES[key]
    *held, last = key.split("+")
    if held:
        return "+".join([*(each.capitalize() for each in held), key_name(last) if len(last) > 1 else last.upper()])
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key
