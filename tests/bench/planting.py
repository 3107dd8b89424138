"""Small faults to plant in a module, one at a time: what a slip of the hand would leave behind.

Texts, annotations, decorators and assertions (a `zip` that is `strict` is one) are left alone: a
fault there is a matter of wording or of types, or can't be reached. A fault is told by its function
and by the code before and after it, so that it is the same one when lines above it come and go;
outside of functions, by the name that is given a value.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_UNREAD = {"annotation", "returns", "decorator_list", "bases"}
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
_REACHED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr,
}  # fmt: skip
_NAMED = {
    "min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all",
    "all": "any", "floor": "ceil", "ceil": "floor",
}  # fmt: skip
_DROPPED = (ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)


@dataclass(frozen=True, eq=False)
class Fault:
    """One planted fault.

    `function` is the qualified name of the outermost function around it, empty for code that runs
    on import. `lines` are those of the statement. `change` reads ``before → after``.
    """

    path: Path
    module: str
    function: str
    lines: range
    change: str
    tree: ast.Module
    place: tuple[ast.AST, str, int | None]
    planted: ast.AST

    @property
    def name(self) -> tuple[str, str, str]:
        """What the list of equivalent faults knows it by; two alike in a function share it."""
        return self.module, self.function, self.change

    def code(self) -> object:
        """The whole module, compiled with the fault in it. The tree keeps the fault."""
        parent, field, index = self.place
        new = ast.fix_missing_locations(self.planted)
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new
        return compile(self.tree, str(self.path), "exec")


def faults_in(path: Path, module: str) -> list[Fault]:
    """Every fault that can be planted in a file, from its first line to its last."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _assigned(tree)
    found = []
    for place, old, function, lines in _nodes(tree, "", range(0)):
        named = "" if function else names.get(lines.start, "")
        found += [
            Fault(path, module, function, lines, named + _change(old, new), tree, place, new)
            for new in _faulty(old)
        ]
    return found


def _assigned(tree: ast.Module) -> dict[int, str]:
    """``name = `` for each line that gives a value to a name."""
    names = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.Assign | ast.AnnAssign):
            target = each.targets[0] if isinstance(each, ast.Assign) else each.target
            names[each.lineno] = f"{ast.unparse(target)} = "
    return names


Node = tuple[tuple[ast.AST, str, int | None], ast.AST, str, range]


def _nodes(parent: ast.AST, function: str, lines: range, inside: str = "") -> Iterator[Node]:
    """Every node with its place, the function around it and the lines of its statement."""
    for field, value in ast.iter_fields(parent):
        if field in _UNREAD:
            continue
        several = isinstance(value, list)
        for index, node in enumerate(value if several else [value]):
            if not isinstance(node, ast.AST) or isinstance(node, ast.Assert | ast.JoinedStr):
                continue
            if isinstance(node, ast.keyword) and node.arg == "strict":
                continue
            here = _lines(node) if isinstance(node, ast.stmt) else lines
            yield (parent, field, index if several else None), node, function, here
            within, around = function, inside
            if isinstance(node, ast.FunctionDef) and not function:
                # a default is worked out when the function is made, not when it runs
                yield from _nodes(node.args, "", here, inside)
                body = ast.Module(node.body, [])
                for place, *rest in _nodes(body, inside + node.name, here):
                    yield (node if place[0] is body else place[0], *place[1:]), *rest
                continue
            if isinstance(node, ast.ClassDef):
                around = f"{inside}{node.name}."
            yield from _nodes(node, within, here, around)


def _lines(statement: ast.stmt) -> range:
    """A statement's lines; of one with a body only those of its head."""
    body = getattr(statement, "body", None)
    last = max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno
    return range(statement.lineno, (last or statement.lineno) + 1)


def _faulty(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for number, operator in enumerate(ops):
                for other in _COMPARED[type(operator)]:
                    yield _with(node, ops=[*ops[:number], other(), *ops[number + 1 :]])
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _REACHED:
            yield _with(node, op=_REACHED[type(op)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub(), operand=operand):
            yield operand
        case ast.BoolOp(op=op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
    test = getattr(node, "test", None)
    if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        yield _with(node, test=ast.UnaryOp(ast.Not(), test))
    yield from _renamed(node)
    if _can_be_dropped(node):
        yield ast.copy_location(ast.Pass(), node)


def _renamed(node: ast.AST) -> Iterator[ast.AST]:
    """The other of a pair of functions: the smaller for the larger, any for all."""
    match node:
        case ast.Name(id="min" | "max" | "any" | "all" as name):
            yield _with(node, id=_NAMED[name])
        case ast.Attribute(value=ast.Name("np"), attr="minimum" as name):
            yield _with(node, attr=_NAMED[name])
        case ast.Attribute(attr=name) if name in _NAMED and name != "minimum":
            yield _with(node, attr=_NAMED[name])


def _can_be_dropped(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return True
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute() | ast.Tuple()]):
            return not isinstance(node.targets[0], ast.Tuple) or isinstance(
                node.targets[0].elts[0], ast.Subscript
            )
    return isinstance(node, _DROPPED)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _change(old: ast.AST, new: ast.AST) -> str:
    """The code before and after; of a statement with a body only its head."""
    before, after = (ast.unparse(each).partition("\n")[0] for each in (old, new))
    return f"{before} → {'nothing' if isinstance(new, ast.Pass) else after}"
