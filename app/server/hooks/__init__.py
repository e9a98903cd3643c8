"""Webhooks of the served app: what is sent, and where what others send comes in."""

from app.server.hooks.inbox import hooks
from app.server.hooks.outbox import deliver

__all__ = ["deliver", "hooks"]
