"""The Python client of Clipia: images, video and audio from many models, with the price known before anything runs.

from clipia import Clipia

clipia = Clipia()  # the key is in CLIPIA_KEY
result = clipia.subscribe("canvas-1", {"prompt": "A lighthouse above the clouds"})
print(clipia.download(result, "pictures"))
"""

from ._async_client import AsyncClipia
from ._client import Clipia
from ._errors import ClipiaApiError, ClipiaConnectionError, ClipiaTimeoutError
from ._json_types import (
    Account,
    Delivery,
    DeliveryAttempt,
    DeliveryLog,
    LedgerEntry,
    Model,
    ModelList,
    ParameterDescriptor,
    Pricing,
    RequestEntry,
    UploadedFile,
)
from ._types import (
    CANCELED,
    COMPLETED,
    FAILED,
    IN_PROGRESS,
    IN_QUEUE,
    TERMINAL_STATUSES,
    EstimateResponse,
    InputWarning,
    LiveWebhook,
    ResultResponse,
    StatusResponse,
    SubmitResponse,
)
from ._version import __version__
from .webhooks import verify_signature, verify_standard_webhook

__all__ = [
    "CANCELED",
    "COMPLETED",
    "FAILED",
    "IN_PROGRESS",
    "IN_QUEUE",
    "TERMINAL_STATUSES",
    "Account",
    "AsyncClipia",
    "Clipia",
    "ClipiaApiError",
    "ClipiaConnectionError",
    "ClipiaTimeoutError",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryLog",
    "EstimateResponse",
    "InputWarning",
    "LedgerEntry",
    "LiveWebhook",
    "Model",
    "ModelList",
    "ParameterDescriptor",
    "Pricing",
    "RequestEntry",
    "ResultResponse",
    "StatusResponse",
    "SubmitResponse",
    "UploadedFile",
    "__version__",
    "verify_signature",
    "verify_standard_webhook",
]
