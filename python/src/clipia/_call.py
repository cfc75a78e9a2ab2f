"""One HTTP call, described: what both clients send, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Generic, TypeVar

import httpx

T = TypeVar("T")

#: A file in a form as httpx takes it: its name and its content.
FormFile = tuple[str, "BinaryIO | bytes"]


@dataclass(frozen=True)
class Call(Generic[T]):
    """A call of the API, without I/O. ``read`` raises what its answer means when that is no success."""

    method: str
    #: A path of the API, or an absolute URL; only the former is sent the key.
    target: str
    read: Callable[[httpx.Response], T]
    query: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    json: Mapping[str, Any] | None = None
    form: Mapping[str, FormFile] | None = None
    #: Whether a second try can do no harm; a call that is not harmless is tried once.
    is_harmless: bool = True
    #: The generation the call is about, for its errors.
    generation_id: str | None = None

    @property
    def is_of_the_api(self) -> bool:
        """Whether it may carry the key."""
        return self.target.startswith("/")
