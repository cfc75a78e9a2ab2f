"""What is tried again, and after how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from ._errors import ClipiaApiError, ClipiaConnectionError

T = TypeVar("T")

_TRANSIENT_STATUSES = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0
# What a server may ask for; beyond it the caller decides.
_LONGEST_RETRY_AFTER = 60.0


@dataclass(frozen=True)
class RetryPolicy:
    """How often in a row a call is tried again, and the first wait in seconds, which then doubles up to 30 s."""

    max_retries: int
    first_wait: float

    @classmethod
    def checked(cls, max_retries: object, retry_delay: object) -> RetryPolicy:
        """The policy of what a client is made with; a ValueError names what cannot work."""
        if not isinstance(max_retries, int) or isinstance(max_retries, bool) or max_retries < 0:
            raise ValueError(f"max_retries must be a whole number from 0, got {max_retries!r}")
        if not isinstance(retry_delay, (int, float)) or isinstance(retry_delay, bool) or not retry_delay >= 0:
            raise ValueError(f"retry_delay must be a number of seconds from 0, got {retry_delay!r}")
        return cls(max_retries, retry_delay)


def polling_policy(poll_interval: float) -> RetryPolicy:
    """That of calls on which a generation depends that is paid for: a blip must not lose it."""
    return RetryPolicy(max_retries=4, first_wait=poll_interval * 2)


def is_transient(error: ClipiaApiError) -> bool:
    """Whether another try may succeed: no answer, throttled, a server in trouble, a twin still being written."""
    return (
        isinstance(error, ClipiaConnectionError)
        or error.status in _TRANSIENT_STATUSES
        or error.code == "request_in_progress"
    )


def wait_before_retry(error: ClipiaApiError, failures: int, policy: RetryPolicy) -> float | None:
    """Seconds to wait after the given number of failures in a row; None when the error is final."""
    if failures > policy.max_retries or not is_transient(error):
        return None
    if error.retry_after is None:
        return min(policy.first_wait * 2 ** min(failures - 1, 16), _LONGEST_WAIT)
    return error.retry_after if error.retry_after <= _LONGEST_RETRY_AFTER else None


async def retry(
    attempt: Callable[[], Awaitable[T]], policy: RetryPolicy, sleep: Callable[[float], Awaitable[None]]
) -> T:
    """Attempts until it succeeds, fails for good, or has been tried as often as the policy allows."""
    failures = 0
    while True:
        try:
            return await attempt()
        except ClipiaApiError as error:
            failures += 1
            wait = wait_before_retry(error, failures, policy)
            if wait is None:
                raise
        await sleep(wait)
