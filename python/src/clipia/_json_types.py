"""The shapes of answers that stay plain dicts, for editors and type checkers."""

from __future__ import annotations

from typing import Any, Literal, TypedDict


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


class _File(TypedDict):
    file_id: str
    url: str
    file_name: str | None
    content_type: str
    size_bytes: int
    mode: Literal["live", "test"]
    created_at: str
    expires_at: str


class UploadedFile(_File, total=False):
    """An uploaded input; its ``url`` works as ``image_url`` and the like. Sizes in pixels, duration in seconds."""

    width: int
    height: int
    duration: float


GenerationStatus = Literal["IN_QUEUE", "IN_PROGRESS", "COMPLETED", "FAILED", "CANCELED"]


class _RequestEntry(TypedDict):
    request_id: str
    status: GenerationStatus
    model: str
    cost: int
    created_at: str
    mode: Literal["live", "test"]
    key_id: str
    scenario: str | None


class RequestEntry(_RequestEntry, total=False):
    """A request in the history: its result as far as it is known, and the key it was submitted with.

    ``charged``, ``completed_at`` and ``timings`` come once it is over.
    """

    charged: int
    completed_at: str
    output: dict[str, Any]
    error: dict[str, str]
    seed: int
    timings: dict[str, int]
    deleted_at: str


LedgerKind = Literal["grant", "charge", "refund"]


class LedgerEntry(TypedDict):
    """One movement of credits, negative for a charge; ``seq`` is its place, without gaps."""

    seq: int
    kind: LedgerKind
    credits: float
    balance_after: float
    request_id: str | None
    reference: str | None
    note: str | None
    created_at: str


DeliveryState = Literal["pending", "delivered", "dead"]


class Delivery(TypedDict):
    """A webhook of a request; ``dead`` ones were given up."""

    delivery_id: str
    request_id: str
    url: str
    state: DeliveryState
    attempt_count: int
    last_status: int | None
    last_error: str | None
    next_attempt_at: str | None
    created_at: str
    completed_at: str | None


class DeliveryAttempt(TypedDict):
    """One attempt of a delivery; ``response`` is the first 1 KB of the answer."""

    number: int
    started_at: str
    latency_ms: int
    status: int | None
    error: str | None
    response: str | None


class DeliveryLog(Delivery):
    """A webhook with all its attempts, oldest first."""

    attempts: list[DeliveryAttempt]
