"""JSON whose shape is not known yet."""

from __future__ import annotations

from typing import Any, cast

JsonObject = dict[str, Any]


def as_object(value: object) -> JsonObject | None:
    """The value as an object; None when it is something else."""
    return cast(JsonObject, value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any]:
    """The value as a list; an empty one when it is something else."""
    return cast("list[Any]", value) if isinstance(value, list) else []
