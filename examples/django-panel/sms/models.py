"""What the panel keeps."""

from django.db import models


class Message(models.Model):
    """A text for one recipient."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued"
        SENT = "sent"
        DELIVERED = "delivered"
        FAILED = "failed"

    line = models.CharField(max_length=20)
    to = models.CharField(max_length=20)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True)

    def fail(self, reason: str) -> None:
        """Notes why it does not arrive; the first reason stays."""
        if self.state != self.State.FAILED:
            self.state, self.reason = self.State.FAILED, reason
            self.save()


class Part(models.Model):
    """One submit_sm of a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="parts")
    sequence = models.PositiveBigIntegerField()
    operators_id = models.CharField(max_length=65, blank=True)
    delivered = models.BooleanField(default=False)


class OptOut(models.Model):
    """A subscriber who wants no offers."""

    number = models.CharField(max_length=20, unique=True)
