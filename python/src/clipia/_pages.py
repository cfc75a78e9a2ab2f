"""Lists that come in pages, as iterators."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ._call import Call

T = TypeVar("T")

DEFAULT_PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some entries, and where the next page begins; None on the last one."""

    entries: list[T]
    next_cursor: str | None


#: Describes the call of a page, given what it adds to the query: ``limit`` and ``cursor``.
DescribePage = Callable[[Mapping[str, "str | int"]], Call[Page[T]]]


@dataclass(frozen=True)
class Paging:
    """How much of a list is wanted: ``limit`` entries at most (None: all), fetched ``page_size`` at once."""

    limit: int | None
    page_size: int

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 0:
            raise ValueError(f"limit must be a whole number from 0, or None, got {self.limit!r}")
        if self.page_size < 1:
            raise ValueError(f"page_size must be a whole number from 1, got {self.page_size!r}")


async def entries(
    fetch: Callable[[Call[Page[T]]], Awaitable[Page[T]]], describe: DescribePage[T], paging: Paging
) -> AsyncGenerator[T, None]:
    """Every entry, newest first; the next page is fetched when it is asked for."""
    left = paging.limit
    cursor: str | None = None
    while left is None or left > 0:
        query: dict[str, str | int] = {"limit": paging.page_size if left is None else min(paging.page_size, left)}
        if cursor is not None:
            query["cursor"] = cursor
        page = await fetch(describe(query))
        for entry in page.entries[:left]:
            yield entry
        left = None if left is None else left - len(page.entries)
        cursor = page.next_cursor
        if cursor is None:
            return
