"""The dialog that asks for a file: a path, completed by Tab, or one of the files of the inbox folder."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui.domain.text import is_found, searched_name, searched_words
from atendimento_tui.texts import attachments as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain

_MOST_SHOWN = 200


class PathDialog(Dialog[Path | None]):
    """A field for a path, and below it the files of the inbox folder, or those that continue the path.

    Args:
        title: The title.
        folder: The inbox folder; empty if the settings name none.
        files: Name and size of its files.
    """

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("escolha.voltar"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, title: str, folder: str, files: Sequence[tuple[str, str]]) -> None:
        self._title, self._folder, self._files = title, folder, tuple(files)
        self._shown: list[tuple[Path, str, str]] = []
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, list, hint."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield LineInput(placeholder=texts.PATH_PLACEHOLDER, compact=True)
            yield Options(compact=True)
            where = texts.PATH_INBOX.format(folder=self._folder) if self._folder else texts.PATH_NO_INBOX
            yield Static(plain(where), classes="hint")

    def on_mount(self) -> None:
        """Show the files of the inbox folder."""
        self._fill("")

    def action_back(self) -> None:
        """Close without choosing."""
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        options = self.query_one(OptionList)
        if self._shown:
            options.highlighted = ((options.highlighted or 0) + by) % len(self._shown)

    def action_complete(self) -> None:
        """Complete the path by the entry under the cursor."""
        chosen = self._chosen()
        if chosen:
            field = self.query_one(Input)
            field.value = str(chosen) + (os.sep if chosen.is_dir() else "")
            field.cursor_position = len(field.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        typed = _path(self.query_one(Input).value)
        chosen = typed if typed and typed.is_file() else self._chosen() or typed
        if chosen and chosen.is_dir():
            self.action_complete()
        elif chosen:
            self.dismiss(chosen)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._entered()

    def _chosen(self) -> Path | None:
        highlighted = self.query_one(OptionList).highlighted
        return self._shown[highlighted][0] if self._shown and highlighted is not None else None

    def _fill(self, typed: str) -> None:
        path = _path(typed)
        self._shown = _continuing(typed, path) if path and os.sep in typed else self._of_inbox(typed)
        options = self.query_one(OptionList)
        options.clear_options()
        if self._shown:
            lines = [Content("  ").join([plain(name), plain(aside, "dim")]) for _, name, aside in self._shown]
            options.add_options([Option(line) for line in lines])
            options.highlighted = 0
        else:
            options.add_option(Option(plain(texts.PATH_NOTHING), disabled=True))

    def _of_inbox(self, typed: str) -> list[tuple[Path, str, str]]:
        words = searched_words(typed)
        found = [each for each in self._files if all(is_found(word, searched_name(each[0])) for word in words)]
        return [(Path(self._folder) / name, name, size) for name, size in found[:_MOST_SHOWN]]


def _path(typed: str) -> Path | None:
    """The typed path; quotes around it, and `file://`, as terminals paste a dropped file, do not matter."""
    text = typed.strip().removeprefix("file://").strip("'\"")
    if not text or "\0" in text:
        return None
    try:
        return Path(text).expanduser()
    except (RuntimeError, ValueError):  # no such user
        return None


def _continuing(typed: str, path: Path) -> list[tuple[Path, str, str]]:
    """The folders and files whose paths begin with what is typed; folders first."""
    folder, begin = (path, "") if typed.endswith(os.sep) else (path.parent, path.name)
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(begin or ".") != (not begin):
                    found.append((not entry.is_dir(), entry.name))
    except OSError:
        return []
    return [(folder / name, f"{name}{'' if is_file else os.sep}", "") for is_file, name in sorted(found)[:_MOST_SHOWN]]
