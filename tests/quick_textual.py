"""Inner functions of Textual, written to do the same in less time: a third of the time of the tests of screens.

Each gives the same result as the function that it replaces, and calls that in every case that is not the usual one.
"""

import asyncio
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from inspect import CO_VARARGS, CO_VARKEYWORDS, isawaitable
from types import CoroutineType, FunctionType
from typing import Any, NamedTuple
from unittest.mock import patch
from weakref import ref

from textual import _callback, message_pump, screen, timer
from textual._compositor import Compositor
from textual._context import message_hook
from textual._time import get_time
from textual.app import App
from textual.css import match, stylesheet
from textual.css.model import CombinatorType, RuleSet, Selector, SelectorType
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.events import Event, Idle
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump, MessagePumpClosed
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

_check_selectors: Callable[[list[Selector], list[DOMNode]], bool] = match._check_selectors
_get_reactive = Reactive.__get__
_apply = Stylesheet.apply
_parse = Stylesheet.parse
_get_dispatch_methods = MessagePump._get_dispatch_methods
_dispatch_message = MessagePump._dispatch_message
_render_chops = Compositor._render_chops
_count_of_signature = _callback._count_parameters

_computed: dict[tuple[type, str], bool] = {}
"""Whether a class computes an attribute, by the name of the method that would compute it."""


def quick_textual() -> AbstractContextManager[object]:
    """Use the quick functions meanwhile."""
    quick = ExitStack()
    for module in (match, stylesheet):
        quick.enter_context(patch.object(module, "_check_selectors", _check_last_first))
    quick.enter_context(patch.object(Reactive, "__get__", _get_stored))
    quick.enter_context(patch.object(_callback, "_count_parameters", _count_parameters))
    for module in (message_pump, screen, timer):
        quick.enter_context(patch.object(module, "invoke", _invoke))
    quick.enter_context(patch.object(MessagePump, "_get_dispatch_methods", _get_named_methods))
    quick.enter_context(patch.object(MessagePump, "_dispatch_message", _dispatch))
    quick.enter_context(patch.object(MessagePump, "_on_message", _handle))
    quick.enter_context(patch.object(MessagePump, "_process_messages_loop", _handle_all))
    quick.enter_context(patch.object(RenderStyles, "get_rule", _get_rule))
    quick.enter_context(patch.object(Stylesheet, "parse", _parse_once))
    quick.enter_context(patch.object(Stylesheet, "apply", _apply_known))
    quick.enter_context(patch.object(Strip, "__init__", _begin_strip))
    quick.enter_context(patch.object(Strip, "__getattr__", _new_cache, create=True))
    quick.enter_context(patch.object(Compositor, "_render_chops", _paint_seen))
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

handlers_by_name: dict[tuple[type, str], list[tuple[type, str]]] = {}
"""The handlers that a class has by a name. A test that adds one to a class sets another dictionary meanwhile."""

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
    key = (type(pump), public)
    found = handlers_by_name.get(key)
    if found is None:
        found = handlers_by_name[key] = [*_named(key[0], public, private)]
    for cls, name in found:
        if message._no_default_action:
            return
        yield cls, cls.__dict__[name].__get__(pump, cls)


def _named(kind: type, public: str, private: str) -> Iterator[tuple[type, str]]:
    """The classes of a pump that have a handler without a decorator, and its name."""
    for cls in kind.__mro__:
        name = private if cls.__dict__.get(private) else public
        method = cls.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            yield cls, name


async def _dispatch(pump: MessagePump, message: Message) -> None:
    """Dispatch a message; without prevented messages and a hook there is nothing to set."""
    if message.no_dispatch or message._prevent or message_hook.get(None) is not None:
        await _dispatch_message(pump, message)
        return
    if isinstance(message, Event):
        await pump.on_event(message)
    else:
        await pump._on_message(message)
    if pump._next_callbacks:
        await pump._flush_next_callbacks()


async def _handle(pump: MessagePump, message: Message) -> None:
    """Call the handlers of a message, then let it bubble, without a log."""
    for _cls, method in pump._get_dispatch_methods(message.handler_name, message):
        await _invoke(method, message)
    if message.bubble and not message._stop_propagation:
        parent = pump._parent
        if parent is None:
            return
        if message._sender is not None and message._sender == parent:
            message.stop()
        if pump.is_parent_active and pump.is_attached:
            message._bubble_to(parent)


async def _invoke(callback: Callable[..., Any], *values: object) -> Any:
    """Call a callback with as many values as it takes, without the warning of a slow one."""
    result = callback(*values[: _callback.count_parameters(callback)] if values else ())
    if type(result) is CoroutineType or isawaitable(result):
        return await result
    return result


def _count_parameters(function: Callable[..., Any]) -> int:
    """Count the parameters of a function by its code, not by its signature."""
    if type(function) is not FunctionType or hasattr(function, "__wrapped__") or hasattr(function, "__signature__"):
        return _count_of_signature(function)
    code = function.__code__
    several = bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
    return code.co_argcount + code.co_kwonlyargcount + several


async def _handle_all(pump: MessagePump) -> None:
    """Handle the messages of a pump until its queue is closed, without a signal that nobody has subscribed to."""
    pump._thread_id = threading.get_ident()
    await asyncio.sleep(0)
    waiting: deque[Message | None] = pump._message_queue.values
    while not pump._closed:
        try:
            message = await pump._get_message()
            while (waiting or pump._pending_message is not None) and not (pump._closed or pump._closing):
                pending = pump._peek_message()
                if pending is None or not message.can_replace(pending):
                    break
                message = await pump._get_message()
        except MessagePumpClosed:
            break
        try:
            await pump._dispatch_message(message)
        except Exception as error:  # noqa: BLE001 - as Textual does
            pump._mounted_event.set()
            pump._is_mounted = True
            pump.app._handle_exception(error)
            break
        finally:
            if pump.message_signal._subscriptions:
                pump.message_signal.publish(message)
            await _be_idle(pump)


async def _be_idle(pump: MessagePump) -> None:
    """Tell a pump that has no message that it is idle, and call what was to be called then."""
    now = get_time()
    if not pump._message_queue.empty() and (pump._max_idle is None or now - pump._last_idle <= pump._max_idle):
        return
    pump._last_idle = now
    if not pump._closed:
        event = Idle()
        for _cls, method in pump._get_dispatch_methods("on_idle", event):
            try:
                await _invoke(method, event)
            except Exception as error:  # noqa: BLE001 - as Textual does
                pump.app._handle_exception(error)
                break
    if pump._next_callbacks:
        await pump._flush_next_callbacks()


# Styles.


def _get_rule(styles: RenderStyles, rule_name: str, default: object = None) -> object:
    """A rule of the node itself, else of the style sheet."""
    own: Any = styles._inline_styles._rules
    if rule_name in own:
        return own[rule_name]
    of_sheet: Any = styles._base_styles._rules
    return of_sheet.get(rule_name, default)


class _Sheet(NamedTuple):
    """The rules of a style sheet, and those by selector."""

    rules: list[RuleSet]
    by_name: dict[str, list[RuleSet]]


_parsed: dict[Hashable, _Sheet] = {}
"""Style sheets by their sources and variables."""


def _parse_once(sheet: Stylesheet) -> None:
    """Parse the sources of a style sheet, unless another window had the same."""
    key = (*sheet.source.items(), *sheet._variables.items())
    if key not in _parsed:
        _parse(sheet)
        by_name = defaultdict[str, list[RuleSet]](list)
        for rule in sheet.rules:
            for name in rule.selector_names:
                by_name[name].append(rule)
        _parsed[key] = _Sheet(sheet.rules, dict(by_name))
    sheet._rules, sheet._rules_map = _parsed[key]
    sheet._require_parse = False


class _Rules(NamedTuple):
    """What the style sheet says of nodes that it cannot tell from each other.

    Attributes:
        flags: The attributes of a node that tell which of its changes may change its styles.
        rules: The rules; None: which ones depends on its brothers and sisters or on what is in it.
        stored: The rules as a node stores them.
        parts: The rules of its parts, such as a cursor, as they store them.
    """

    flags: tuple[bool, bool, bool, bool]
    rules: Any
    stored: Any
    parts: dict[str, Any]


class _Known:
    """What is known of a style sheet.

    Attributes:
        rules: Its rules, which are kept so that no others get their id.
        names: The classes and ids that its selectors name; it cannot see others.
        classes: The classes of a node -> those of them that selectors name.
        places: What selectors see of a node, with the number of its parent's place -> the number of its own.
        of_nodes: The rules of the nodes of a place.
    """

    def __init__(self, rules: list[RuleSet]) -> None:
        selectors = [each for rule in rules for selected in rule.selector_set for each in selected.selectors]
        self.rules = rules
        self.names = {each.name for each in selectors if each.type in (SelectorType.CLASS, SelectorType.ID)}
        self.classes: dict[frozenset[str], frozenset[str]] = {}
        self.places: dict[Hashable, int] = {}
        self.of_nodes: dict[int, _Rules] = {}


_sheets: dict[int, _Known] = {}
"""What is known of style sheets, by the id of their list of rules, which the windows of a test run share."""


def _apply_known(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
    """Give a node the rules that another one in the same place, with the same classes and states, got before."""
    rules = sheet.rules
    known = _sheets.get(id(rules))
    if known is None:
        known = _sheets[id(rules)] = _Known(rules)
    place = _place_of(node, known, cache)
    entry = known.of_nodes.get(place)
    if entry is None:
        mine: dict[Any, Any] = {}
        _apply_anew(sheet, node, animate=animate, cache=mine)
        flags = (node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even)
        found = next(iter(mine.values()), None)
        if found is None or "transitions" not in found:
            parts = {name: dict(styles.base._rules) for name, styles in node._component_styles.items()}
            known.of_nodes[place] = _Rules(flags, found, dict(node.styles.base._rules), parts)
        return
    if entry.rules is None:
        _apply_anew(sheet, node, animate=animate, cache=cache)
        return
    node._has_hover_style, node._has_focus_within, node._has_order_style, node._has_odd_or_even = entry.flags
    base = node.styles.base
    if base._rules == entry.stored:
        if not animate:
            node.notify_style_update()
    elif not base._rules:  # a new one: all of it will be laid out and painted
        base._rules.update(entry.stored)
        base._updates += 1
        node.refresh(layout=True)
        node.notify_style_update()
    else:
        sheet.replace_rules(node, entry.rules)
    if entry.parts:
        _style_parts(node, entry)


def _apply_anew(sheet: Stylesheet, node: DOMNode, **how: Any) -> None:
    """Apply a style sheet as Textual does."""
    if isinstance(node._component_styles, _Parts):
        node._component_styles = node._component_styles.copy()
    _apply(sheet, node, **how)


def _style_parts(node: DOMNode, entry: _Rules) -> None:
    """Give the parts of a node their styles; if they differ from those before, paint it."""
    before = node._component_styles
    if isinstance(before, _Parts) and before.rules is entry.parts:
        return
    former = before.rules if isinstance(before, _Parts) else {name: each.base._rules for name, each in before.items()}
    node._component_styles = _Parts(node, entry.parts)
    if former != entry.parts:
        node.refresh()


class _Parts(dict[str, RenderStyles]):
    """The styles of the parts of a node, each made when it is asked for: most never are."""

    def __init__(self, node: DOMNode, rules: dict[str, Any]) -> None:
        super().__init__()
        self.rules = rules
        self._node = ref(node)

    def __contains__(self, name: object) -> bool:
        return name in self.rules

    def __missing__(self, name: str) -> RenderStyles:
        part, node = DOMNode(classes=name), self._node()
        assert node is not None
        part._attach(node)
        part.styles.base._rules.update(self.rules[name])
        self[name] = part.styles
        return part.styles

    def copy(self) -> dict[str, RenderStyles]:
        """All of them, as Textual compares them with new ones."""
        return {name: self[name] for name in self.rules}

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self.rules = {}


def _place_of(node: DOMNode, known: _Known, cache: dict[Any, Any] | None) -> int:
    """The number of what selectors see of a node and its ancestors; it is kept while many nodes are updated."""
    parent = node._parent
    if not isinstance(parent, DOMNode):
        above = -1
    elif cache is None:
        above = _place_of(parent, known, None)
    elif (kept := cache.get((parent, "place"))) is not None:
        above = kept
    else:
        above = cache[parent, "place"] = _place_of(parent, known, cache)
    places = known.places
    return places.setdefault((above, _seen_of(node, known)), len(places))


def _seen_of(node: DOMNode, known: _Known) -> Hashable:
    classes = frozenset(node._classes)
    named = known.classes.get(classes)
    if named is None:
        named = known.classes[classes] = classes & known.names
    seen = (type(node), node._id if node._id in known.names else None, named)
    if isinstance(node, Widget):
        is_disabled = node.is_disabled
        return (*seen, node.mouse_hover, node.has_focus, is_disabled, is_disabled and node.allow_focus())
    if isinstance(node, App):
        return (*seen, node.app_focus, node.theme, node.is_inline, node.native_ansi_color, node.no_color)
    return seen


# Lines.


def _begin_strip(strip: Strip, segments: Iterable[Any], cell_length: int | None = None) -> None:
    """Make a line whose seven caches are made when they are asked for: most never are."""
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._render_cache = strip._link_ids = strip._cell_count = None


def _new_cache(strip: Strip, name: str) -> dict[Any, Any]:
    """A cache of a line, as a plain dictionary. It never gets full in a test."""
    if not name.endswith("_cache"):
        raise AttributeError(name)
    cache: dict[Any, Any] = {}
    setattr(strip, name, cache)
    return cache


def _paint_seen(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Mapping[int, Any]]:
    """Paint the widgets from front to back, but no lines that are hidden by those before."""
    cuts = compositor.cuts
    painted: list[dict[int, Any]] = [dict.fromkeys(each[:-1]) for each in cuts]
    for widget, (region, clip) in compositor.visible_widgets.items():
        seen = region.intersection(clip)
        if not (seen and crop.overlaps(clip)):
            continue
        left, right = seen.column_span
        empty = [
            y
            for y in seen.line_range
            if is_rendered_line(y) and any(strip is None and left <= x < right for x, strip in painted[y].items())
        ]
        if not empty:
            continue
        lines = range(empty[0], empty[-1] + 1)
        if any(left not in painted[y] for y in lines):  # it is newer than the last layout
            return _render_chops(compositor, crop, is_rendered_line)
        strips = widget.render_lines(Region(seen.x - region.x, lines.start - region.y, seen.width, len(lines)))
        for y, strip in zip(lines, strips, strict=False):
            ends = [cut for cut in cuts[y] if left < cut <= right]
            pieces = strip.divide([end - left for end in ends])
            for x, piece in zip([left, *ends], pieces, strict=False):
                if painted[y][x] is None:
                    painted[y][x] = piece
    return painted
