"""Modules that are slow to import are imported late: by the packages that import their modules when they are used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.generated import SRC, generated, lazy_packages, name_of
from tests.living import NOW, Living, audited, copy_of
from tests.rooms.sources import parsed, statements

LATE = {
    "calendar/named.py": {"holidays"},
    "cli/__init__.py": {"atendimento_tui"},
    "compat.py": {"textual"},
    "data/engine.py": {"atendimento_tui"},
    "data/schema.py": {"alembic", "atendimento_tui"},
    "domain/phones.py": {"phonenumbers"},
    "outputs/child.py": {"resource"},
    "outputs/forms.py": {"pypdf"},
    "outputs/preview.py": {"pypdf", "PIL"},
    "outputs/register_file.py": {"openpyxl"},
    "outputs/xlsx_file.py": {"openpyxl"},
    "services/passwords.py": {"argon2"},
    "terminal.py": {"asyncio", "textual"},
}
"""All imports inside functions: slow libraries, optional drivers, and what a system may lack, by their module."""

LAZY = lazy_packages()
"""The packages that import their modules when they are used."""

AREAS = [folder for folder in LAZY if folder != SRC]


def imports_in_functions(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for function in statements(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (each for each in statements(function) if isinstance(each, ast.Import | ast.ImportFrom))


def packages_of(statement: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(statement, ast.ImportFrom):
        return {(statement.module or ".").partition(".")[0]}
    return {each.name.partition(".")[0] for each in statement.names}


def test_no_import_is_inside_a_function_except_those_listed() -> None:
    late: dict[str, set[str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text("utf-8")
        for statement in imports_in_functions(parsed(path)):
            late.setdefault(path.relative_to(SRC).as_posix(), set()).update(packages_of(statement))
            assert "# late: " in text.splitlines()[statement.lineno - 1], f"{path}:{statement.lineno} does not say why"
    assert late == LATE


def test_what_is_generated_is_up_to_date() -> None:
    """The lists of modules and tables in `__init__.py`, and the table of keys."""
    old = [
        path.relative_to(SRC.parents[1]).as_posix()
        for path, text in generated().items()
        if path.read_text("utf-8") != text
    ]
    assert not old, "make generated"


@pytest.mark.parametrize("folder", AREAS, ids=name_of)
def test_a_lazy_package_is_not_used_by_its_own_modules(folder: Path) -> None:
    """That would be an import cycle."""
    parent, _, name = name_of(folder).rpartition(".")
    for path in folder.rglob("*.py"):
        for statement in statements(parsed(path)):
            if isinstance(statement, ast.ImportFrom) and statement.module == parent:
                assert name not in {alias.name for alias in statement.names}, path


def test_lazy_packages_import_nothing_before_it_is_used() -> None:
    names = [name_of(folder) for folder in LAZY]
    code = f"import sys, {', '.join(names)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {name for name in done.stdout.split() if name.startswith("atendimento_tui")}
    parents = {".".join(name.split(".")[:count]) for name in names for count in range(1, name.count(".") + 2)}
    assert ours <= {*parents, "atendimento_tui.lazy"}


def test_a_name_that_is_no_module_is_an_attribute_error() -> None:
    from atendimento_tui import services

    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        services.nothing  # type: ignore[attr-defined]  # noqa: B018 - it raises


def test_a_module_that_misses_a_library_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "lazy_example"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from atendimento_tui.lazy import submodules\n__getattr__ = submodules(__name__)\n", "utf-8"
    )
    (package / "part.py").write_text("import a_missing_library\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    code = "import lazy_example; lazy_example.part"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path)}
    )
    assert "No module named 'a_missing_library'" in done.stderr
    assert "part.py" in done.stderr


HELP = "from atendimento_tui.cli import main; main(['fila', '--help'])"
START = """
import sys
def tell(): print(*sys.modules)

import atendimento_tui.app
from atendimento_tui.actions import PLACE_ROWS
from atendimento_tui.screens.places import screen_class
screen_class(PLACE_ROWS[0])
tell()

from atendimento_tui import services
services.access, services.changes, services.desk, services.drafts, services.queue
tell()

from datetime import datetime
from atendimento_tui.contracts.queue import QueueView
from atendimento_tui.data import tables
now = datetime.fromisoformat(sys.argv[2])
with services.desk.open_desk(sys.argv[1], now) as desk:
    person = desk.info().members[0]
    services.drafts.waiting(desk.acting_as(person.actor))
    rows = services.queue.first_rows(desk, QueueView(filter="a"), 72, None, now).rows
    services.queue.counts_with_overdue(desk, QueueView(), now)
    print(len(rows) > 0, tables.Unit.__mapper__.configured)

services.acts, services.intake, services.people, services.tickets
from atendimento_tui.domain import identifiers
from atendimento_tui.domain.process import values
values.masked_as("telefone", "+5511987654321")
identifiers.kind_of_number("11987654321")
tell()
"""
"""A window opens, reads its first rows and shows numbers; it tells which modules were imported until then."""
SLOW = (
    "services.",
    "outputs.",
    "demo.",
    *(f"screens.{each}." for each in ("beneficiaries", "dialogs", "intake", "tickets")),
)


@pytest.fixture(scope="module")
def start(new_desk_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """What a start has told, line by line."""
    path = copy_of(new_desk_file, tmp_path_factory.mktemp("start"))
    with audited(path) as desk:
        Living(desk).open(subject="Acesso")
    command = [sys.executable, "-c", START, str(path), NOW.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [set(line.split()) for line in done.stdout.splitlines()]


def of_lazy_packages(modules: set[str], *watched: str) -> set[str]:
    names = {name.removeprefix("atendimento_tui.") for name in modules}
    return {name for name in names if name.startswith(watched)}


def test_help_imports_no_more_of_the_lazy_packages_than_listed() -> None:
    code = f"{HELP}; import sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    used = {"texts.agenda_command", "texts.command", "domain.text", "domain.refusals"}
    assert of_lazy_packages(set(done.stderr.split()), *SLOW, "texts.", "domain.") == used


def test_the_first_frame_imports_no_more_of_the_lazy_packages_than_listed(start: list[set[str]]) -> None:
    """It uses texts and rules as it likes; they are small."""
    watched = (*SLOW, "calendar.", "cli.", "contracts.", "diagnosis", "texts.refusals.")
    assert of_lazy_packages(start[0], *watched) == {
        "contracts.changes",
        "contracts.drafts",
        "contracts.queue",
        "screens.tickets.acting",
        "screens.tickets.actions",
        "screens.tickets.verbs",
    }


def test_the_first_rows_import_neither_processes_nor_the_driver_of_servers(start: list[set[str]]) -> None:
    assert "atendimento_tui.services.queue" in start[1]
    watched = ("domain.workflow", "domain.process.", "sqlalchemy.dialects.postgresql")
    assert of_lazy_packages(start[1], *watched) == set()


def test_the_first_rows_configure_no_mapper(start: list[set[str]]) -> None:
    """Their statements are of plain tables: configuring the mappers of all tables takes longer than reading a page."""
    assert start[2] == {"True", "False"}


def test_opening_a_desk_and_showing_numbers_does_not_import_phonenumbers(start: list[set[str]]) -> None:
    assert "atendimento_tui.services.intake" in start[3]
    assert "phonenumbers" not in start[3]


def test_the_rate_of_frames_is_set_before_textual_is_imported() -> None:
    code = """
import sys, types
import atendimento_tui.terminal
from atendimento_tui.cli import main

def run(*_):
    assert "textual" not in sys.modules
    from textual.constants import MAX_FPS
    print(MAX_FPS)
    return 0

sys.modules["atendimento_tui.app"] = types.SimpleNamespace(run=run)
atendimento_tui.terminal.refuse_without_terminal = lambda: None
main([])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "120\n"
