"""Nobody shows a text that came from people except through the door, `widgets/text.py`.

Textual reads a bare `str` as markup, and one `[/` in a name ends the program. So whatever a widget is given to show
must be, as far as its source tells:

- a literal, a constant, or a constant of `atendimento_tui.texts` (a call into `texts` puts data in: wrap it);
- `plain(...)`, or `cell(...)` where a `DataTable` or a `Tree` shows it (they do not know `Content`);
- `safe(...)` or `fit(...)`, only where no markup is read: in `Content(...)`, in `notify` (the application turns markup
  off), or beside `markup=False`;
- a name, attribute or call that is one of these by its assignments or by its annotation (mypy sees to the rest).

Python does not tell what an object is: `update` of a mapping looks like `update` of a `Static`. Write `|=` for it.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rooms.sources import parsed, statements

SOURCE = Path(__file__).parents[2] / "src" / "atendimento_tui"


class Shows(Enum):
    """How a place shows what it is given, and so what it may be given."""

    MARKUP = auto()  # a str would be read as Textual's markup
    CELL = auto()  # a str would be read as Rich's markup, a Content shown as its repr
    LETTERS = auto()  # a str is shown letter by letter, so that it must only be free of controls
    NOTHING_OF_DATA = auto()  # markup itself


DOORS = {
    Shows.MARKUP: {"plain", "cell"},
    Shows.CELL: {"cell"},
    Shows.LETTERS: {"plain", "cell", "safe", "fit"},
    Shows.NOTHING_OF_DATA: set[str](),
}
_NOT_TEXT = {"bool", "int", "float", "dict", "set", "frozenset", "Mapping", "None"}
_MADE_SAFE = {"Content", "Text", "Table", "Option", "Selection"}  # each is checked where it is made
TYPES = {
    Shows.MARKUP: _MADE_SAFE | _NOT_TEXT,
    Shows.CELL: {"Text"} | _NOT_TEXT,
    Shows.LETTERS: _MADE_SAFE | _NOT_TEXT,
    Shows.NOTHING_OF_DATA: set[str](),
}
_CONTAINERS = {"list", "tuple", "Sequence", "Iterable", "Iterator", "Collection"}
_ANYTHING = ast.Name("object")
_PASSED_ON = {"list", "tuple", "reversed", "sorted", "items", "values", "keys", "enumerate"}


class Sink(NamedTuple):
    """Where a call shows something: by position, by keyword, in all or the items of its arguments."""

    shows: Shows
    position: int | None = 0
    keyword: str = ""
    every: bool = False
    items: bool = False


_MARKUP, _CELL, _LETTERS = Shows.MARKUP, Shows.CELL, Shows.LETTERS
SINKS: dict[str, tuple[Sink, ...]] = {
    "Static": (Sink(_MARKUP, 0, "content"),),
    "Label": (Sink(_MARKUP, 0, "content"),),
    "Button": (Sink(_MARKUP, 0, "label"),),
    "Checkbox": (Sink(_MARKUP, 0, "label"),),
    "RadioButton": (Sink(_MARKUP, 0, "label"),),
    "Tab": (Sink(_MARKUP, 0, "label"),),
    "TabPane": (Sink(_MARKUP, 0, "title"),),
    "Collapsible": (Sink(_MARKUP, None, "title"),),
    "Option": (Sink(_MARKUP, 0, "prompt"),),
    "Selection": (Sink(_MARKUP, 0, "prompt"),),
    "OptionList": (Sink(_MARKUP, every=True),),
    "SelectionList": (Sink(_MARKUP, every=True),),
    "RadioSet": (Sink(_MARKUP, every=True),),
    "Select": (Sink(_MARKUP, 0, "options", items=True), Sink(_MARKUP, None, "prompt")),
    "from_values": (Sink(_MARKUP, 0, "values", items=True),),
    "set_options": (Sink(_MARKUP, 0, "options", items=True),),
    "add_option": (Sink(_MARKUP, 0, "option"),),
    "add_options": (Sink(_MARKUP, 0, "new_options", items=True),),
    "replace_option_prompt": (Sink(_MARKUP, 1, "prompt"),),
    "replace_option_prompt_at_index": (Sink(_MARKUP, 1, "prompt"),),
    "update": (Sink(_MARKUP, 0, "content"),),
    "notify": (Sink(_LETTERS, 0, "message"), Sink(_LETTERS, None, "title")),
    "add_row": (Sink(_CELL, every=True),),
    "add_rows": (Sink(_CELL, 0, "rows", items=True),),
    "add_column": (Sink(_CELL, 0, "label"),),
    "add_columns": (Sink(_CELL, every=True),),
    "update_cell": (Sink(_CELL, 2, "value"),),
    "update_cell_at": (Sink(_CELL, 1, "value"),),
    "add_leaf": (Sink(_CELL, 0, "label"),),
    "Tree": (Sink(_CELL, 0, "label"),),
    "Content": (Sink(_LETTERS, 0, "text"),),
    "Text": (Sink(_LETTERS, 0, "text"),),
    "styled": (Sink(_LETTERS, 0, "text"),),
    "assemble": (Sink(_LETTERS, every=True),),
    "from_markup": (Sink(Shows.NOTHING_OF_DATA, 0, "markup"),),
}
SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "BORDER_TITLE", "BORDER_SUBTITLE"}


class How(Enum):
    """How a name comes by its value from an expression."""

    IS = auto()
    ITEM = auto()  # an item of it, in turn
    PIECE = auto()  # a piece of an item, whichever
    HAS = auto()  # it is put into the name
    TYPE = auto()  # it is only the annotation


class Bound(NamedTuple):
    """One of the ways in which a name gets its value."""

    how: How
    node: ast.expr


Names = dict[str, list[Bound]]


def past_the_door(tree: ast.Module, members: Names | None = None) -> list[str]:
    """Return each place, as `line: code`, where a text may reach the screen as it is.

    Args:
        tree: The module.
        members: What the functions and attributes of the whole package are annotated with; by default the module's.
    """
    watch = _Watch(tree, annotated_members([tree]) if members is None else members)
    watch.visit(tree)
    return watch.found


class _Watch(ast.NodeVisitor):
    """Visits every call and assignment that shows something."""

    def __init__(self, tree: ast.Module, members: Names) -> None:
        self.found: list[str] = []
        self._texts = _names_of_texts(tree)
        self._members = members
        self._scopes: list[Names] = [_constants(tree)]
        self._makers = _inherited_makers(tree)
        self._bases: list[set[str]] = []
        self._judged: set[str] = set()

    # Where

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bases.append({_last_name(base) for base in node.bases})
        self.generic_visit(node)
        self._bases.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._visit_function(node)

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._scopes.append(_bindings(node))
        self.generic_visit(node)
        self._scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        if any(_last_name(target) in SHOWN_ATTRIBUTES for target in node.targets):
            self._expect(node.value, _MARKUP)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value and _last_name(node.target) in SHOWN_ATTRIBUTES:
            self._expect(node.value, _MARKUP)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        keywords = {k.arg: k.value for k in node.keywords if k.arg}
        for sink in self._sinks(node):
            shows = _LETTERS if _is_false(keywords.get("markup")) and sink.shows is _MARKUP else sink.shows
            for given in _given(node, keywords, sink):
                self._expect(given, shows, items=sink.items)
        if _last_name(node.func) == "from_markup":
            for name, value in keywords.items():
                if name != "markup":
                    self._expect(value, _LETTERS)
        if "tooltip" in keywords:
            self._expect(keywords["tooltip"], _MARKUP)
        self.generic_visit(node)

    def _sinks(self, node: ast.Call) -> Iterator[Sink]:
        called = _last_name(node.func)
        made = self._bases[-1] if called == "__init__" and self._bases else self._makers.get(called, {called})
        for name in sorted(made):
            yield from SINKS.get(name, ())

    def _expect(self, node: ast.expr, shows: Shows, *, items: bool = False) -> None:
        if not (self._all_shown(node, shows) if items else self._shown(node, shows)):
            self.found.append(f"{node.lineno}: {ast.unparse(node)}")

    # What

    def _shown(self, node: ast.expr, shows: Shows) -> bool:
        """Return whether the value of an expression may be shown there."""
        match node:
            case ast.Constant() | ast.Dict() | ast.DictComp() | ast.Set() | ast.SetComp():
                return True
            case ast.Call():
                return self._call_shown(node, shows)
            case ast.Name():
                return node.id in self._texts or self._name_shown(node.id, shows)
            case ast.Attribute():
                return self._is_of_texts(node) or self._member_shown(node.attr, shows)
            case ast.Subscript():
                return self._is_of_texts(node) or self._all_shown(node.value, shows)
            case ast.IfExp():
                return self._shown(node.body, shows) and self._shown(node.orelse, shows)
            case ast.BoolOp():
                return all(self._shown(value, shows) for value in node.values)
            case ast.NamedExpr() | ast.Await():
                return self._shown(node.value, shows)
            case ast.Starred():
                return self._all_shown(node.value, shows)
            case ast.List() | ast.Tuple():  # (prompt, value), (text, style): the first is shown
                return not node.elts or self._shown(node.elts[0], shows)
            case ast.BinOp(op=ast.Add()):
                return self._shown(node.left, shows) and self._shown(node.right, shows)
            case ast.BinOp(op=ast.Mult()):
                return self._shown(node.left, shows)
            case ast.JoinedStr():
                values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
                return not values or (shows is _LETTERS and all(self._shown(value, shows) for value in values))
            case _:
                return False

    def _call_shown(self, node: ast.Call, shows: Shows) -> bool:
        name = _last_name(node.func)
        if name in DOORS[shows] or name in TYPES[shows] or self._member_shown(name, shows):
            return True
        match node.func:
            case ast.Attribute(value=ast.Name(id="Content" | "Text" as kind)):
                return kind in TYPES[shows]  # Content.assemble and the like
            case ast.Attribute(value=receiver, attr="join"):
                return self._shown(receiver, shows) and all(self._all_shown(arg, shows) for arg in node.args)
            case _:
                return False

    def _all_shown(self, node: ast.expr, shows: Shows) -> bool:
        """Return whether every item of an expression may be shown there."""
        match node:
            case ast.List() | ast.Tuple() | ast.Set():
                return all(self._shown(item, shows) for item in node.elts)
            case ast.Dict():
                return all(self._shown(part, shows) for part in [*node.keys, *node.values] if part)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return self._shown(node.elt, shows)
            case ast.IfExp():
                return self._all_shown(node.body, shows) and self._all_shown(node.orelse, shows)
            case ast.BinOp(op=ast.Add()):
                return self._all_shown(node.left, shows) and self._all_shown(node.right, shows)
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[]) if name in _PASSED_ON:
                return self._all_shown(owner, shows)
            case ast.Call(args=[first, *_]) if _last_name(node.func) in _PASSED_ON:
                return self._all_shown(first, shows)
            case ast.Call():
                return self._member_shown(_last_name(node.func), shows, items=True)
            case ast.Name():
                return node.id in self._texts or self._name_shown(node.id, shows, items=True)
            case ast.Attribute():
                return self._is_of_texts(node) or self._member_shown(node.attr, shows, items=True)
            case _:
                return self._is_of_texts(node)

    def _name_shown(self, name: str, shows: Shows, *, items: bool = False) -> bool:
        if name in self._judged:  # `line = line + plain(x)`: the other assignments decide
            return True
        bounds = next((scope[name] for scope in reversed(self._scopes) if name in scope), [])
        self._judged.add(name)
        shown = bool(bounds) and all(self._bound_shown(bound, shows, items=items) for bound in bounds)
        self._judged.discard(name)
        return shown

    def _member_shown(self, name: str, shows: Shows, *, items: bool = False) -> bool:
        """Return whether whatever has this name, a function, property or attribute, is of a type that may be shown."""
        constants = self._scopes[0].get(name, []) if name.isupper() else []
        bounds = self._members.get(name, []) + constants
        return bool(bounds) and all(self._bound_shown(bound, shows, items=items) for bound in bounds)

    def _bound_shown(self, bound: Bound, shows: Shows, *, items: bool) -> bool:
        match bound.how:
            case How.TYPE:
                return _type_shown(bound.node, shows, items=items)
            case How.HAS:
                return self._shown(bound.node, shows if items else _LETTERS)
            case How.ITEM:
                return self._all_shown(bound.node, shows)
            case How.PIECE:
                return self._pieces_shown(bound.node, shows)
            case How.IS:
                return self._all_shown(bound.node, shows) if items else self._shown(bound.node, shows)

    def _pieces_shown(self, node: ast.expr, shows: Shows) -> bool:
        """Return whether everything in a table may be shown there, however deep."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                return all(self._pieces_shown(part, shows) for part in parts)
            case ast.Dict(keys=keys, values=values):
                return all(self._pieces_shown(part, shows) for part in (*keys, *values) if part)
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[]) if name in _PASSED_ON:
                return self._pieces_shown(owner, shows)
            case ast.Call(args=[first, *_]) if _last_name(node.func) in _PASSED_ON:
                return self._pieces_shown(first, shows)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper() and name in self._scopes[0]:
                return all(self._pieces_shown(bound.node, shows) for bound in self._scopes[0][name])
            case _:
                return self._shown(node, shows)

    def _is_of_texts(self, node: ast.expr) -> bool:
        """Return whether it is `texts.queue.TITLE` or `texts.STATES[state]`, with nothing called on the way."""
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self._texts


def _given(node: ast.Call, keywords: dict[str, ast.expr], sink: Sink) -> Iterator[ast.expr]:
    """Yield what a call hands to a place."""
    if sink.every:
        yield from node.args
    elif sink.position is not None and len(node.args) > sink.position:
        yield node.args[sink.position]
    elif sink.position is not None and any(isinstance(arg, ast.Starred) for arg in node.args):
        yield from node.args
    if sink.keyword in keywords:
        yield keywords[sink.keyword]


def _is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _last_name(node: ast.expr) -> str:
    """Return `c` of `a.b.c`, and of `c[...]`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return _last_name(value)
        case _:
            return ""


def _type_shown(annotation: ast.expr, shows: Shows, *, items: bool) -> bool:
    match annotation:
        case ast.Constant(value=str(quoted)):
            return _type_shown(ast.parse(quoted, mode="eval").body, shows, items=items)
        case ast.Constant(value=None):
            return True
        case ast.BinOp(left=left, right=right):
            return _type_shown(left, shows, items=items) and _type_shown(right, shows, items=items)
        case ast.Subscript(value=container, slice=inner) if items and _last_name(container) in _CONTAINERS:
            kinds = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return all(_type_shown(kind, shows, items=False) or _is_ellipsis(kind) for kind in kinds)
        case _:
            return not items and _last_name(annotation) in TYPES[shows]


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _names_of_texts(tree: ast.Module) -> set[str]:
    """Return the names that stand for `texts`, a module of it, or a constant of one (a function is written small)."""
    names = set()
    for node in statements(tree):
        if isinstance(node, ast.Import):
            names |= {a.asname for a in node.names if a.asname and ".texts" in a.name}
        elif isinstance(node, ast.ImportFrom):
            path = (node.module or "").split(".")
            for alias in node.names:
                module = alias.name == "texts" or path[-1] == "texts"
                if module or ("texts" in path and alias.name.isupper()):
                    names.add(alias.asname or alias.name)
    return names


def _constants(tree: ast.Module) -> Names:
    """Return what modules and classes bind to names in capitals."""
    names: Names = defaultdict(list)
    owners = [node for node in statements(tree) if isinstance(node, ast.Module | ast.ClassDef)]
    for statement in (part for owner in owners for part in owner.body):
        for target, how, value in _bound_by(statement):
            if _last_name(target).isupper() and how is How.IS:
                names[_last_name(target)].append(Bound(how, value))
    return dict(names)


def _inherited_makers(tree: ast.Module) -> dict[str, set[str]]:
    """Return, for each class that is made just as its bases are, those bases."""
    classes = [node for node in statements(tree) if isinstance(node, ast.ClassDef)]
    own = {c.name for c in classes for part in c.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"}
    makers: dict[str, set[str]] = {}
    for node in classes:  # in the order of the source, so that a base is known before its heirs
        if node.name not in own:
            bases = [_last_name(base) for base in node.bases]
            makers[node.name] = {maker for base in bases for maker in makers.get(base, {base})}
    return makers


def annotated_members(trees: Iterable[ast.Module]) -> Names:
    """Return the annotations of functions and attributes, by their bare name: all that bear it must agree."""
    members: Names = defaultdict(list)
    for node in (node for tree in trees for node in statements(tree)):
        match node:
            case ast.FunctionDef(name=name, returns=kind) | ast.AsyncFunctionDef(name=name, returns=kind):
                members[name].append(Bound(How.TYPE, kind or _ANYTHING))
            case ast.ClassDef(body=body):
                for part in body:
                    if isinstance(part, ast.AnnAssign) and not _last_name(part.target).isupper():
                        members[_last_name(part.target)].append(Bound(How.TYPE, part.annotation))
            case ast.AnnAssign(target=ast.Attribute(attr=name), annotation=kind):
                members[name].append(Bound(How.TYPE, kind))
    return dict(members)


def _bindings(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Names:
    """Return what a function binds to each name, and what it puts into it afterwards."""
    names: Names = defaultdict(list)
    arguments = function.args
    for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        names[arg.arg].append(Bound(How.TYPE, arg.annotation or _ANYTHING))
    for node in ast.walk(function):
        for target, how, value in _bound_by(node):
            if isinstance(target, ast.Name):
                names[target.id].append(Bound(how, value))
            elif isinstance(target, ast.Tuple):
                for part in target.elts:
                    names[_last_name(part)].append(Bound(How.PIECE, value))
    return dict(names)


def _bound_by(node: ast.AST) -> Iterator[tuple[ast.expr, How, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, How.IS, value) for target in targets)
        case ast.AnnAssign(target=target, annotation=kind, value=value):
            yield target, How.TYPE, kind
            if value and _last_name(target).isupper():  # a constant is what it says, whatever its type
                yield target, How.IS, value
        case ast.NamedExpr(target=target, value=value) | ast.AugAssign(target=target, value=value):
            yield target, How.IS, value
        case ast.For(target=target, iter=source) | ast.AsyncFor(target=target, iter=source):
            yield target, How.ITEM, source
        case ast.comprehension(target=target, iter=source):
            yield target, How.ITEM, source
        case ast.Call(func=ast.Attribute(value=ast.Name() as target, attr="append"), args=[value, *_]):
            yield target, How.HAS, value
        case ast.Call(func=ast.Attribute(value=ast.Name() as target, attr="extend"), args=[value, *_]):
            yield target, How.IS, value


GOOD = """
Static("Fila")
Static()
Static(plain(ticket.person))
Static(f"sem dados")
Static(texts.queue.TITLE)
Static(queue_texts.STATES[state])
Static(TITLE)
Static(HERE if late else texts.queue.TITLE)
Static(safe(name), markup=False)
Static("Nome: " + plain(name))
Static(Content(safe(name)))
Static(Content.assemble("Nome: ", plain(name), (safe(phone), "dim"), (" ", style)))
Static(Content(" · ").join([plain(name), plain(phone)]))
Static(Content.from_markup("[b]$name[/b]", name=safe(name)))
Static("─" * width)
Label(plain(name), id=key)
Button(texts.queue.OPEN, id=f"open-{key}", tooltip=plain(help))
Option(plain(name), id=key)
Select([(plain(p.name), p.id) for p in people], prompt=texts.queue.CHOOSE)
Select[str]((plain(p.name), p.id) for p in people)
OptionList(*(Option(plain(n)) for n in names), None)
table.add_row(cell(name), "", 3, key=key)
table.add_row(*[cell(v) for v in values])
table.add_columns("Prazo", ("Protocolo", "protocol"))
self.notify(safe(f"{name} assumiu"), title=texts.queue.TITLE)
self.notify(f"{safe(name)}: fim")
self.border_title = plain(name)
self.seen.update({name})
self.seen.update(key=name)
""".strip().splitlines()

GOOD_MODULES = {
    "local": """
def compose(self, name):
    heading = plain(name)
    yield Static(heading)
""",
    "grown": """
def compose(self, names):
    line = Text()
    for name in names:
        line.append(safe(name), style)
    body = plain("")
    for name in names:
        body = body + plain(name)
    body += plain("fim")
    yield Static(line)
    yield Static(body)
""",
    "options-in-a-list": """
def fill(self, people):
    options = [None]
    for person in people:
        options.append(Option(plain(person.name)))
    options.extend(Option(plain(p.name)) for p in people)
    self.query_one(OptionList).add_options(options)
""",
    "annotated": """
class Card(Static):
    heading: Content
    def __init__(self, heading: Content | None, options: list[Option], count: int):
        super().__init__(heading)
        self.add_options(options)
        self.add_row(count)
    def body(self) -> "Content":
        return plain(self.person)
    def show(self):
        self.update(self.body())
        self.update(self.heading)
""",
    "constants": """
PLACES = (("queue", "Fila"), ("intake", texts.queue.TITLE))
class Bar(Static):
    LABELS = {"a": "Abrir"}
    BORDER_TITLE = "Fila"
    def compose(self):
        for key, label in PLACES:
            yield Button(label, id=key)
        for key, label in self.LABELS.items():
            yield Button(label, id=key)
        for label in ("um", "dois"):
            yield Tab(label)
        yield Static(self.LABELS[self.key])
""",
    "an-heir": """
class Title(Static):
    pass
Title(plain(name))
""",
    "mapping": """
def count(self, other: dict[str, int]):
    self.totals.update(other)
""",
}

BAD = """
Static(name)
Static(f"Olá {name}")
Static("Olá {}".format(name))
Static("Olá %s" % name)
Static("Olá " + name)
Static(str(name))
Static(safe(name))
Static(fit(name, 10))
Static(name, markup=False)
Static(content=ticket.person)
Static(plain(name) if name else other)
Static(texts.queue.greeting(name))
Static(greeting(name))
Static(name or "ninguém")
Static(escape(name))
Static(Content(name))
Static(Content.assemble("Nome: ", name))
Static(Content.assemble((name, "bold")))
Static(Content.styled(name, "bold"))
Static(Content.from_markup(name))
Static(Content.from_markup("$name", name=name))
Static(Content(" · ").join(names))
Label(name)
Button(name)
Button("Abrir", tooltip=name)
Checkbox(name)
RadioButton(label=name)
Tab(name)
TabPane(name, child)
Collapsible(child, title=name)
Option(name)
OptionList(*names)
OptionList(name)
Select([(p.name, p.id) for p in people])
Select(people)
Select([], prompt=name)
Select[str]([(name, key)])
self.options.add_option(name)
self.options.add_option(Option(name))
self.options.add_options([name])
self.options.add_options(names)
self.tree.add_leaf(name)
table.add_row(name)
table.add_row(plain(name))
table.add_row(safe(name))
table.add_row(*values)
table.add_column(name)
table.update_cell(row, column, name)
self.notify(name)
self.notify(f"{name} assumiu")
self.notify("Assumido", title=name)
self.update(name)
self.query_one("#title", Static).update(f"{n} linhas")
self.border_title = name
self.border_subtitle = f"{n} linhas"
widget.tooltip = ticket.person
""".strip().splitlines()

BAD_MODULES = {
    "local": """
def compose(self, name):
    heading = plain(name)
    if self.plain_mode:
        heading = name
    yield Static(heading)
""",
    "grown": """
def compose(self, names):
    line = Text()
    for name in names:
        line.append(name)
    yield Static(line)
""",
    "options-in-a-list": """
def fill(self, people):
    options = []
    for person in people:
        options.append(person.name)
    self.add_options(options)
""",
    "annotated": """
class Card(Static):
    def __init__(self, heading: str):
        super().__init__(heading)
""",
    "annotated-otherwise-elsewhere": """
class Card:
    heading: Content
class Row:
    heading: str
Static(row.heading)
""",
    "constants": """
PLACES = (("queue", "Fila"), ("intake", name))
def compose(self):
    for key, label in PLACES:
        yield Button(label, id=key)
""",
    "an-heir": """
class Title(Static):
    pass
class Subtitle(Title):
    pass
Subtitle(name)
""",
    "a-class-variable": """
class Panel(Static):
    BORDER_TITLE = name
""",
}

_IMPORTS = """
from atendimento_tui import texts
from atendimento_tui.texts import queue as queue_texts
from atendimento_tui.texts.queue import TITLE, greeting
HERE = "aqui"
"""


def _parsed(source: str) -> ast.Module:
    return ast.parse(_IMPORTS + source)


@pytest.mark.parametrize("source", [*GOOD, *GOOD_MODULES.values()], ids=[*GOOD, *GOOD_MODULES])
def test_what_is_let_through(source: str) -> None:
    assert past_the_door(_parsed(source)) == []


@pytest.mark.parametrize("source", [*BAD, *BAD_MODULES.values()], ids=[*BAD, *BAD_MODULES])
def test_what_is_caught(source: str) -> None:
    assert len(past_the_door(_parsed(source))) == 1


def test_a_finding_names_the_place() -> None:
    assert past_the_door(ast.parse("\n\nStatic(f'{name}')")) == ["3: f'{name}'"]


def test_everything_shown_goes_through_the_text_door() -> None:
    trees = {path: parsed(path) for path in sorted(SOURCE.rglob("*.py"))}
    members = annotated_members(trees.values())
    found = [
        f"{path.relative_to(SOURCE)}:{place}"
        for path, tree in trees.items()
        if path == SOURCE / "app.py" or path.relative_to(SOURCE).parts[0] in ("screens", "widgets")
        for place in past_the_door(tree, members)
    ]
    assert not found, "shown without plain(), cell() or safe():\n" + "\n".join(found)
