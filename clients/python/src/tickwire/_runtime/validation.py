"""Frames against the schemas of the contract.

Only the keywords of the contract's schema subset exist: no compositions, references by name. A
violation has the pointer that the server would give it.
"""

from __future__ import annotations

import datetime as _datetime
import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

from .errors import Violation

Schema: TypeAlias = Mapping[str, Any]

_REFERENCE: Final = "#/components/schemas/"
_DATE_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class Validator:
    """Checks values against named schemas. Patterns are compiled once."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._patterns: dict[str, re.Pattern[str]] = {}

    def violations(self, name: str, value: object) -> tuple[Violation, ...]:
        """All violations of the schema `name`; empty when there is none."""
        return tuple(self._check(self._schemas[name], value, ""))

    def _check(self, schema: Schema, value: object, at: str) -> Iterator[Violation]:
        if reference := schema.get("$ref"):
            schema = self._schemas[str(reference).removeprefix(_REFERENCE)]
        kind: str = schema["type"]
        if not _IS[kind](value):
            yield Violation(at, f"{_show(value)} is not of type {_quoted(kind)}")
            return
        if "const" in schema and value != schema["const"]:
            yield Violation(at, f"{_quoted(schema['const'])} was expected")
        if kind == "object":
            yield from self._object(schema, cast(Mapping[str, object], value), at)
        elif kind == "array":
            yield from self._array(schema, cast(Sequence[object], value), at)
        elif kind == "string":
            yield from self._string(schema, cast(str, value), at)
        elif kind in ("integer", "number"):
            yield from _number(schema, cast(float, value), at)

    def _object(self, schema: Schema, value: Mapping[str, object], at: str) -> Iterator[Violation]:
        properties: Mapping[str, Schema] = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield Violation(at, f"{_quoted(name)} is a required property")
        for name, member in value.items():
            if name in properties:
                escaped = name.replace("~", "~0").replace("/", "~1")
                yield from self._check(properties[name], member, f"{at}/{escaped}")
            elif schema.get("additionalProperties") is False:
                yield Violation(
                    at, f"Additional properties are not allowed ('{name}' was unexpected)"
                )

    def _array(self, schema: Schema, value: Sequence[object], at: str) -> Iterator[Violation]:
        if len(value) < schema.get("minItems", 0):
            yield Violation(at, f"has less than {schema['minItems']} items")
        if "maxItems" in schema and len(value) > schema["maxItems"]:
            yield Violation(at, f"has more than {schema['maxItems']} items")
        if schema.get("uniqueItems") and any(item in value[:n] for n, item in enumerate(value)):
            yield Violation(at, "has non-unique elements")
        for index, item in enumerate(value):
            yield from self._check(schema["items"], item, f"{at}/{index}")

    def _string(self, schema: Schema, value: str, at: str) -> Iterator[Violation]:
        allowed: Sequence[str] | None = schema.get("enum")
        if allowed is not None and value not in allowed:
            choices = ", ".join(map(_quoted, allowed))
            yield Violation(at, f"{_quoted(value)} is not one of {choices}")
        if len(value) < schema.get("minLength", 0):
            unit = "character" if schema["minLength"] == 1 else "characters"
            yield Violation(at, f"{_quoted(value)} is shorter than {schema['minLength']} {unit}")
        if "maxLength" in schema and len(value) > schema["maxLength"]:
            unit = "character" if schema["maxLength"] == 1 else "characters"
            yield Violation(at, f"{_quoted(value)} is longer than {schema['maxLength']} {unit}")
        pattern: str | None = schema.get("pattern")
        if pattern is not None and not self._pattern(pattern).search(value):
            yield Violation(at, f"{_quoted(value)} does not match {_quoted(pattern)}")
        check = _FORMATS.get(schema.get("format", ""))
        if check is not None and not check(value):
            yield Violation(at, f"{_quoted(value)} is not a {_quoted(schema['format'])}")

    def _pattern(self, text: str) -> re.Pattern[str]:
        compiled = self._patterns.get(text)
        if compiled is None:
            # In JSON Schema `$` is the end of the text; in Python it may stand before a line feed.
            compiled = re.compile(_end_of_text(text), re.ASCII)
            self._patterns[text] = compiled
        return compiled


def _end_of_text(pattern: str) -> str:
    """The pattern with each bare `$` as `\\Z`. Classes and escapes stay as they are."""
    out: list[str] = []
    in_class = False
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            out.append(character + next(characters, ""))
            continue
        if character == "[":
            in_class = True
        elif character == "]":
            in_class = False
        out.append(r"\Z" if character == "$" and not in_class else character)
    return "".join(out)


def _number(schema: Schema, value: float, at: str) -> Iterator[Violation]:
    if "minimum" in schema and value < schema["minimum"]:
        yield Violation(at, f"{value} is less than the minimum of {schema['minimum']}")
    if "maximum" in schema and value > schema["maximum"]:
        yield Violation(at, f"{value} is greater than the maximum of {schema['maximum']}")
    if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        bound = schema["exclusiveMinimum"]
        yield Violation(at, f"{value} is less than or equal to the minimum of {bound}")
    if "exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"]:
        bound = schema["exclusiveMaximum"]
        yield Violation(at, f"{value} is greater than or equal to the maximum of {bound}")
    low_high = _INTEGERS.get(schema.get("format", ""))
    if low_high is not None and not low_high[0] <= value <= low_high[1]:
        yield Violation(at, f"{value} is not in the range of {schema['format']}")


_INTEGERS: Final[Mapping[str, tuple[int, int]]] = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}


def _is_number(value: object) -> bool:
    # JSON has neither NaN nor infinity.
    finite = isinstance(value, float) and value - value == 0
    return finite or (isinstance(value, int) and not isinstance(value, bool))


_IS: Final[Mapping[str, Callable[[object], bool]]] = {
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list | tuple),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": _is_number,
}


def _is_date_time(text: str) -> bool:
    if not _DATE_TIME.fullmatch(text):
        return False
    # A leap second is an instant in RFC 3339 and not in Python.
    return _parses(_datetime.datetime.fromisoformat, text[:17] + text[17:].replace("60", "59", 1))


def _is_date(text: str) -> bool:
    return len(text) == 10 and _parses(_datetime.date.fromisoformat, text)


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


_FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    "date-time": _is_date_time,
    "date": _is_date,
    "uuid": lambda text: bool(
        re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text)
    ),
    "ipv4": lambda text: _parses(ipaddress.IPv4Address, text),
    "ipv6": lambda text: _parses(ipaddress.IPv6Address, text),
    # Coarse: the server decides. A wrong refusal would be worse than a late one.
    "uri": lambda text: bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)),
    "email": lambda text: "@" in text[1:-1],
}


def _quoted(text: object) -> str:
    return f'"{text}"'


def _show(value: object) -> str:
    return _quoted(value) if isinstance(value, str) else repr(value)
