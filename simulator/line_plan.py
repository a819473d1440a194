"""What a line may be registered as."""

from enum import StrEnum


class LineType(StrEnum):
    """What a line was registered for. Every line is promotional until the operator makes it a service line."""

    PROMOTIONAL = "promotional"
    DEDICATED_SERVICE = "dedicated_service"
    SHARED_SERVICE = "shared_service"
    SAMANTEL = "samantel"
