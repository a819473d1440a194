"""The panel's web side."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from sms.composing import queue
from sms.models import Message


@csrf_exempt
@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Queues a message: `kind`, `to` and `text`."""
    try:
        message = queue(*(request.POST.get(name, "") for name in ("kind", "to", "text")))
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"id": message.pk}, status=201)


@require_GET
def show(_request: HttpRequest, number: int) -> JsonResponse:
    """How far a message is."""
    message = get_object_or_404(Message, pk=number)
    return JsonResponse({"state": message.state, "reason": message.reason})
