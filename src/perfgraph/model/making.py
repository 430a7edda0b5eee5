"""A frozen dataclass with slots → the same class, whose objects are made in a third of the time.

A frozen dataclass sets each field through ``object.__setattr__``, which is slow for records of
twenty fields that are made by the hundred. Here an object is of an open subclass while its fields
are set, and of its own class afterwards. Such a class is not to be derived from.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_T = TypeVar("_T")


def quickly_made(frozen: type[_T]) -> type[_T]:
    """Give ``frozen`` an initialiser of the same signature that sets the fields directly.

    >>> from dataclasses import dataclass
    >>> @quickly_made
    ... @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(x=1) == Point(1, 0), type(Point(1)) is Point
    (Point(x=1, y=0), True, True)
    >>> Point(1).x = 2
    Traceback (most recent call last):
    dataclasses.FrozenInstanceError: cannot assign to field 'x'
    """
    # Both methods share one place in CPython's type, so both must be those of object.
    unlocked = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    opened = type(frozen.__name__, (frozen,), {"__slots__": (), **unlocked})
    parts = fields(frozen)  # type: ignore[arg-type]  # the type of a dataclass has no name
    assert all(part.default_factory is MISSING for part in parts)
    lines = [
        f"def __init__(self, {', '.join(part.name for part in parts)}):",
        "    unlock(self, '__class__', opened)",
        *(f"    self.{part.name} = {part.name}" for part in parts),
        "    self.__class__ = frozen",
    ]
    scope: dict[str, Any] = {"unlock": object.__setattr__, "opened": opened, "frozen": frozen}
    exec("\n".join(lines), scope)
    made, replaced = scope["__init__"], frozen.__init__
    made.__defaults__, made.__annotations__ = replaced.__defaults__, replaced.__annotations__
    made.__qualname__, made.__module__ = replaced.__qualname__, frozen.__module__
    frozen.__init__ = made  # type: ignore[method-assign]
    return frozen
