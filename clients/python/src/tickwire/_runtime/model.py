"""What all generated dataclasses have in common, and dates on the wire."""

from __future__ import annotations

import datetime as _datetime
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar, Self, cast


class Model:
    """The base of the dataclasses that are made from the contract's schemas.

    They are frozen, slotted and take keywords only. A property that a frame leaves out is `None`.
    """

    __slots__ = ()

    wire_names: ClassVar[Mapping[str, str]] = {}
    """Attributes that are called otherwise on the wire, since Python keeps the name to itself."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Makes one of a decoded JSON object. Members that it does not know are ignored.

        Raises `KeyError`, `TypeError` or `ValueError` for an object that is not of this shape.
        """
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """The JSON object, with the names of the wire and without what is `None`."""
        names = self.wire_names
        return {
            names.get(field.name, field.name): to_json(value)
            # A generated class is a dataclass, which this base can not say.
            for field in fields(cast(Any, self))
            if (value := getattr(self, field.name)) is not None
        }


def to_json(value: object) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, _datetime.datetime):
        return format_datetime(value)
    if isinstance(value, _datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in cast(Mapping[str, object], value).items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(item) for item in cast(Sequence[object], value)]
    return value


def format_datetime(value: _datetime.datetime) -> str:
    """An instant in RFC 3339.

    Raises `ValueError` for one without a time zone, which is no instant.
    """
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone: write datetime(…, tzinfo=timezone.utc)")
    return value.astimezone(_datetime.UTC).isoformat().replace("+00:00", "Z")


def parse_datetime(text: str) -> _datetime.datetime:
    """An instant of RFC 3339, aware, in the zone that the text has."""
    value = _datetime.datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return value


def parse_date(text: str) -> _datetime.date:
    """A day, `YYYY-MM-DD`."""
    return _datetime.date.fromisoformat(text)
