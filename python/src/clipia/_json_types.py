"""The shapes of answers that stay plain dicts, for editors and type checkers."""

from __future__ import annotations

from typing import Any, TypedDict


class _Price(TypedDict):
    credits: int


class Pricing(_Price, total=False):
    """What a model costs, all in credits; ``credits`` with the defaults."""

    credits_base: float
    multipliers: dict[str, dict[str, float]]
    counts: list[dict[str, Any]]
    note: str


class _ValueType(TypedDict):
    type: str


class ParameterDescriptor(_ValueType, total=False):
    """One field of a model's input: its type and what it may hold."""

    required: bool
    description: str
    enum: list[str | float]
    default: Any
    minimum: float
    maximum: float
    min_length: int
    max_length: int
    format: str
    items: dict[str, Any]
    min_items: int
    max_items: int


class _ModelEntry(TypedDict):
    slug: str
    type: str
    name: str
    capabilities: list[str]
    pricing: Pricing


class Model(_ModelEntry, total=False):
    """A model of the catalogue; ``input_schema`` comes with ``models.get`` only, ``available`` to test keys only."""

    description: str
    available: bool
    input_schema: dict[str, ParameterDescriptor]


class ModelList(TypedDict):
    """The models a key can use."""

    data: list[Model]


class _Credits(TypedDict):
    credits: float


class Balance(_Credits, total=False):
    """Credits that can be spent; ``reserved`` are charged for requests that are not over."""

    reserved: float


class Usage(TypedDict):
    """Live requests of the last 30 days, and what they cost."""

    requests: int
    credits_spent: float


class Account(TypedDict):
    """The account a key belongs to."""

    account_id: str
    balance: Balance
    usage_30d: Usage
