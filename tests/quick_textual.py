"""Inner functions of Textual, written to do the same in less time: a fifth of the time of the tests of screens.

Each gives the same result as the function that it replaces, and calls that in every case that is not the usual one.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any, NamedTuple
from unittest.mock import patch

from textual.app import App
from textual.css import match, stylesheet
from textual.css.model import CombinatorType, RuleSet, Selector
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

_check_selectors: Callable[[list[Selector], list[DOMNode]], bool] = match._check_selectors
_get_reactive = Reactive.__get__
_apply = Stylesheet.apply
_get_dispatch_methods = MessagePump._get_dispatch_methods

_computed: dict[tuple[type, str], bool] = {}
"""Whether a class computes an attribute, by the name of the method that would compute it."""


def quick_textual() -> AbstractContextManager[object]:
    """Use the quick functions meanwhile."""
    quick = ExitStack()
    for module in (match, stylesheet):
        quick.enter_context(patch.object(module, "_check_selectors", _check_last_first))
    quick.enter_context(patch.object(Reactive, "__get__", _get_stored))
    quick.enter_context(patch.object(MessagePump, "_get_dispatch_methods", _get_named_methods))
    quick.enter_context(patch.object(Stylesheet, "apply", _apply_known))
    quick.enter_context(patch.object(Strip, "__init__", _begin_strip))
    return quick


def _check_last_first(selectors: list[Selector], css_path_nodes: list[DOMNode]) -> bool:
    """Check the last selector first: it must match the node itself, and mostly does not."""
    last = selectors[-1]
    if not last.check(css_path_nodes[-1]):
        return False
    is_alone = len(selectors) == 1 and last.combinator is CombinatorType.DESCENDENT
    return is_alone or _check_selectors(selectors, css_path_nodes)


def _get_stored(self: Reactive[Any], obj: Any, obj_type: type[Any]) -> Any:
    """Read a stored value, unless it is computed or was never set."""
    if obj is not None:
        key = (obj_type, self.compute_name)
        is_computed = _computed.get(key)
        if is_computed is None:
            is_computed = _computed[key] = hasattr(obj_type, self.compute_name)
        if not is_computed:
            try:
                return obj.__dict__[self.internal_name]
            except KeyError:
                pass
    return _get_reactive(self, obj, obj_type)


# Handlers of messages.

_decorated: dict[tuple[type, type], bool] = {}
"""Whether a class has a handler with a decorator for a message."""


def _get_named_methods(pump: MessagePump, method_name: str, message: Message) -> Iterable[tuple[type, Any]]:
    """Find the handlers of a message by their names only, if none has a decorator."""
    key = (type(pump), type(message))
    if key not in _decorated:
        handlers: list[dict[type, Any]] = [cls.__dict__.get("_decorated_handlers") or {} for cls in key[0].__mro__]
        _decorated[key] = any(base in each for base in key[1].__mro__ for each in handlers)
    if _decorated[key]:
        return _get_dispatch_methods(pump, method_name, message)
    return _methods(pump, method_name, f"_{method_name}", message)


def _methods(pump: MessagePump, public: str, private: str, message: Message) -> Iterator[tuple[type, Any]]:
    for cls in type(pump).__mro__:
        if message._no_default_action:
            return
        method = cls.__dict__.get(private) or cls.__dict__.get(public)
        if method is not None and not getattr(method, "_textual_on", None):
            yield cls, method.__get__(pump, cls)


# Styles.


class _Rules(NamedTuple):
    """What the style sheet says of nodes that it cannot tell from each other.

    Attributes:
        flags: The attributes of a node that tell which of its changes may change its styles.
        rules: The rules; None: which ones depends on its brothers and sisters or on what is in it.
        stored: The rules as a node stores them.
    """

    flags: tuple[bool, bool, bool, bool]
    rules: Any
    stored: Any


class _Known(NamedTuple):
    """What is known of a style sheet. It keeps the rules, so that no others get their ids."""

    rules: list[RuleSet]
    of_nodes: dict[Hashable, _Rules]


_sheets: dict[tuple[int, ...], _Known] = {}
"""What is known of style sheets, by the ids of their rules, which the windows of a test run share."""


def _apply_known(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
    """Give a node the rules that another one in the same place, with the same classes and states, got before."""
    if animate:
        return _apply(sheet, node, animate=animate, cache=cache)
    known, place = _known_of(sheet), _place_of(node, cache)
    entry = known.of_nodes.get(place)
    if entry is None:
        mine: dict[Any, Any] = {}
        _apply(sheet, node, cache=mine)
        flags = (node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even)
        found = next(iter(mine.values()), None)
        known.of_nodes[place] = _Rules(flags, found, dict(node.styles.base._rules))
        return None
    if entry.rules is None:
        return _apply(sheet, node, cache=cache)
    node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even = entry.flags
    base = node.styles.base
    if base._rules == entry.stored:
        node.notify_style_update()
    elif not base._rules:  # a new one: all of it will be laid out and painted
        base._rules.update(entry.stored)
        base._updates += 1
        node.refresh(layout=True)
        node.notify_style_update()
    else:
        sheet.replace_rules(node, entry.rules)
    if node.__dict__.get(_LAST) is not entry:
        sheet._process_component_classes(node)
        node.__dict__[_LAST] = entry
    return None


_LAST = "_last_rules_of_tests"
"""The attribute of a node with the rules that it got last, and with them those of its parts."""


def _known_of(sheet: Stylesheet) -> _Known:
    known: _Known | None = sheet.__dict__.get("_known_of_tests")
    rules = sheet.rules
    if known is None or known.rules is not rules:
        same = _sheets.setdefault(tuple(map(id, rules)), _Known(rules, {}))
        known = sheet.__dict__["_known_of_tests"] = _Known(rules, same.of_nodes)
    return known


def _place_of(node: DOMNode, cache: dict[Any, Any] | None) -> Hashable:
    """What selectors see of a node and its ancestors; that of ancestors is kept while many nodes are updated."""
    parent = node._parent
    if not isinstance(parent, DOMNode):
        return _seen_of(node)
    if cache is None:
        return (_place_of(parent, None), _seen_of(node))
    if (parent, "place") not in cache:
        cache[parent, "place"] = _place_of(parent, cache)
    return (cache[parent, "place"], _seen_of(node))


def _seen_of(node: DOMNode) -> Hashable:
    seen = (type(node), node._id, frozenset(node._classes))
    if isinstance(node, Widget):
        is_disabled = node.is_disabled
        return (*seen, node.mouse_hover, node.has_focus, is_disabled, is_disabled and node.allow_focus())
    if isinstance(node, App):
        return (*seen, node.app_focus, node.theme, node.is_inline, node.native_ansi_color, node.no_color)
    return seen


# Lines.


def _begin_strip(strip: Strip, segments: Iterable[Any], cell_length: int | None = None) -> None:
    """Make a line whose seven caches are plain dictionaries. They never get full in a test."""
    strip._segments = list(segments)
    strip._cell_length = cell_length
    new: Any = strip
    new._divide_cache, new._crop_cache, new._style_cache, new._filter_cache = {}, {}, {}, {}
    new._line_length_cache, new._crop_extend_cache, new._offsets_cache = {}, {}, {}
    strip._render_cache = strip._link_ids = strip._cell_count = None
