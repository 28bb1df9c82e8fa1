"""Numbers typed by hand into a scene, found in its source without running it.

Every string of a concept's modules counts as shown unless its place says otherwise: names, formats, cues, messages of
errors. A number in it is typed by hand, with two exceptions. In a formula with a variable the structural numbers 0, 1
and 2 and every subscript may stand (``log_2 1 / p``, ``2^(-ell)``); and a module constant may hold the givens of an
example that ``compute_facts`` declares as given facts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from film.concept_source import Module, called_name, spelled
from narration.fact import Facts
from narration.script_problem import Problem
from narration.spoken_text import typed_digits

__all__ = ["typed_digit_problems", "typed_number_in"]

#: Callables whose texts are prose, and those whose texts are formulas; any other text is judged by its looks.
PROSE = frozenset({"Words", "heading", "turn_page"})
FORMULAS = frozenset({"Maths", "MathTypst"})
#: Callables and keywords whose strings are never on the screen.
UNSHOWN_CALLS = frozenset(
    {"Fact", "number", "shown", "spoken", "wording", "until", "wait_until", "reached", "allow", "int", "float",
     "Fraction", "Decimal", "getattr", "setattr", "ManimColor", "startswith", "endswith", "removeprefix",
     "removesuffix", "find", "index", "count", "split", "strip", "lstrip", "rstrip", "select"}
)  # fmt: skip
UNSHOWN_KEYWORDS = frozenset(
    {"spec", "formula", "unit", "font", "weight", "align", "color", "colors", "reason", "what"}
)
#: What shows the number that it is given first.
COUNTERS = frozenset({"LiveNumber", "set_value"})
NUMBER_CALLS = COUNTERS | {"str", "repr", "format"}

#: Words of Typst's math language that are no variables.
TYPST_WORDS = frozenset(
    {"dot", "times", "plus", "minus", "percent", "quad", "wide", "thin", "med", "space", "frac", "sqrt", "binom", "sum",
     "product", "log", "ln", "lg", "exp", "max", "min", "ceil", "floor", "abs", "lr", "approx", "lt", "gt", "eq", "and",
     "or", "to", "infinity", "op", "text", "bold", "upright", "arrow", "dots", "cdots", "div", "vec", "mat", "cases"}
)  # fmt: skip

_VALUE = re.compile(r"\{[A-Za-z_]\w*(?::[^{}]*)?\}")
_FORMAT = re.compile(r":?[-+]?,?(?:0[0-9])?(?:\.[0-9]+)?[dfeg%]|#[0-9A-Fa-f]{6}")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_LOOKS_LIKE_FORMULA = re.compile(r"[\^_=<>/()+]| - |\b(?:log|ln|sqrt|dot)\b")
_LAYOUT = re.compile(r"#\w+\([^()]*\)")
_QUOTED = re.compile(r'"([^"]*)"')
_LABEL = re.compile(r":\s*[\w-]+\s*\}\}")
_SUBSCRIPT = re.compile(r"_(?:[0-9]+|\([0-9, ]+\))")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
STRUCTURAL = frozenset({"0", "1", "2"})
ANY = "x"  # stands for what is filled in


def typed_digit_problems(modules: Iterable[Module], facts: Facts) -> list[Problem]:
    """Every number typed by hand in the modules of a concept with these facts."""
    givens = _Givens.of(facts)
    return [problem for module in modules for problem in _Audit(module, givens).problems()]


@dataclass(frozen=True)
class _Givens:
    """The given facts: their texts, each codeword of a code by itself, and their numbers."""

    texts: frozenset[str]
    numbers: frozenset[Fraction]

    @classmethod
    def of(cls, facts: Facts) -> _Givens:
        values = [fact.value for fact in facts.values() if fact.given]
        texts = {str(value) for value in values} | {w for v in values if isinstance(v, str) for w in v.split()}
        finite = [v for v in values if isinstance(v, int | Fraction) or (isinstance(v, float) and v - v == 0)]
        return cls(frozenset(texts), frozenset(Fraction(str(v)) for v in finite))


class _Audit:
    """One module, with the parent of each node of its syntax tree."""

    def __init__(self, module: Module, givens: _Givens) -> None:
        self.module, self.givens = module, givens
        self.parents = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
        self.declarable = {id(part) for value in module.constants.values() for part in ast.walk(value)}

    def problems(self) -> Iterator[Problem]:
        for node in ast.walk(self.module.tree):
            if isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp):
                yield from self._text(node)
            if isinstance(node, ast.Call):
                yield from self._call(node)
            elif isinstance(node, ast.FormattedValue) and spelled(node.value) is not None:
                yield self._by_hand(node.value, str(spelled(node.value)))

    def _by_hand(self, node: ast.expr, digits: str) -> Problem:
        what = f"{digits!r} is typed by hand into what the scene shows"
        remedy = "make it a fact and write facts.shown(name, format) or facts.fill('{name:format}')"
        if id(node) in self.declarable:
            remedy = "declare it in compute_facts: Fact(..., given=True)"
        return Problem(self.module.place(node), what, remedy)

    # ---- texts -----------------------------------------------------------------------------------

    def _text(self, node: ast.JoinedStr | ast.Constant | ast.BinOp) -> Iterator[Problem]:
        text = _said(node)
        if text is None or self._is_part(node):
            return
        if _FORMAT.fullmatch(text) or _IDENTIFIER.fullmatch(text) or not self._is_shown(node):
            return
        if id(node) in self.declarable and text in self.givens.texts:
            return
        digits = typed_number_in(text, self._kind(node))
        if digits is not None:
            yield self._by_hand(node, digits)

    def _is_part(self, node: ast.expr) -> bool:
        """Whether *node* belongs to a longer text, or is the format of a value."""
        parent = self.parents.get(node)
        joined = isinstance(parent, ast.BinOp) and _said(parent) is not None
        return joined or isinstance(parent, ast.JoinedStr | ast.FormattedValue)

    def _is_shown(self, node: ast.AST) -> bool:
        """Whether nothing between *node* and its statement says that people never see it."""
        child: ast.AST = node
        while (parent := self.parents.get(child)) is not None:
            if isinstance(parent, ast.Call) and child is not parent.func and called_name(parent) in UNSHOWN_CALLS:
                return False
            if isinstance(parent, ast.keyword) and parent.arg in UNSHOWN_KEYWORDS:
                return False
            if isinstance(parent, ast.Compare | ast.Raise | ast.Assert | ast.MatchValue | ast.Expr):
                # A bare string is a docstring; a bare call shows its arguments.
                return isinstance(parent, ast.Expr) and isinstance(child, ast.Call)
            if isinstance(parent, ast.Subscript) and child is parent.slice:
                return False
            if isinstance(parent, ast.comprehension | ast.For) and child is parent.iter is node:
                return False  # an alphabet, symbol by symbol
            if isinstance(parent, ast.Dict) and child in parent.keys:
                return False
            if isinstance(parent, ast.arg | ast.AnnAssign | ast.FunctionDef) and child in (
                getattr(parent, "annotation", None),
                getattr(parent, "returns", None),
            ):
                return False
            if isinstance(parent, ast.stmt):
                return True
            child = parent
        return True

    def _kind(self, node: ast.AST) -> str | None:
        """Whether *node* is handed to what shows prose or formulas; None where that cannot be seen."""
        child: ast.AST = node
        while (parent := self.parents.get(child)) is not None and not isinstance(parent, ast.stmt):
            if isinstance(parent, ast.Call) and child is not parent.func:
                called = called_name(parent)
                if called in PROSE | FORMULAS:
                    return "prose" if called in PROSE else "formula"
            child = parent
        return None

    # ---- numbers ---------------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Iterator[Problem]:
        called, first = called_name(node), node.args[0] if node.args else None
        if called == "Fact":
            first = first or next((k.value for k in node.keywords if k.arg == "value"), None)
            given = any(k.arg == "given" for k in node.keywords) or len(node.args) > 3
            if first is not None and not given and (typed := spelled(first)) is not None:
                remedy = "compute it, or mark it as a given of the example: given=True"
                yield Problem(self.module.place(first), f"the fact {str(typed)!r} is typed, not computed", remedy)
        elif called in NUMBER_CALLS and first is not None and (typed := spelled(first)) is not None:
            # A count may begin at nothing, or at one.
            counts_from = called in COUNTERS and typed in (0, 1)
            if self._is_shown(node) and not counts_from:
                yield self._by_hand(first, str(typed))
        elif called == "Fraction" and id(node) in self.declarable:
            value = spelled(node)
            if isinstance(value, Fraction) and value not in self.givens.numbers:
                yield self._by_hand(node, str(value))


def _said(node: ast.expr) -> str | None:
    """The text of a string, or of strings added up, with a variable for each value in it; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _said(node.left), _said(node.right)
        return (
            None
            if left is None and right is None
            else f"{ANY if left is None else left} {ANY if right is None else right}"
        )
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else ANY for part in node.values)
    return None


def typed_number_in(text: str, kind: str | None) -> str | None:
    """The first number typed into *text*; *kind* is "prose", "formula" or None if that has to be guessed.

    >>> typed_number_in("log_2 1 / p", "formula") is None
    True
    >>> typed_number_in("0.4 dot 0.2", "formula")
    '0.4'
    >>> typed_number_in("Film 3 of {films}", "prose")
    '3'
    """
    text = _VALUE.sub(f" {ANY} ", text)
    if kind == "prose" or (kind is None and not _LOOKS_LIKE_FORMULA.search(text)):
        return next((digits for _, digits in typed_digits(_without_names(text))), None)
    return _typed_in_formula(text)


def _without_names(text: str) -> str:
    """Prose without names that end in digits, as x1 does: they are no numbers."""
    return re.sub(r"\b[^\W\d_]+[0-9]+\b", ANY, text)


def _typed_in_formula(source: str) -> str | None:
    text = _LABEL.sub(" ", _LAYOUT.sub(" ", source.replace("\\/", "/")))
    for quoted in _QUOTED.findall(text):
        for _, digits in typed_digits(quoted):
            return digits
    text = _SUBSCRIPT.sub("", _QUOTED.sub(" ", text))
    words = {part for word in re.findall(r"[^\W\d_]+(?:\.[a-z]+)*", text) for part in [word.partition(".")[0]]}
    numbers = _NUMBER.findall(text)
    allowed = STRUCTURAL if words - TYPST_WORDS else frozenset[str]()
    return next((number for number in numbers if number not in allowed), None)
