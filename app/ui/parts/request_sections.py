"""The sections of a request's page: who asks, how often before, what was answered."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.requests import RequestDetails, RequestPanel
from app.shop.reads.talk import PhotoRow
from app.shop.rules.orders import UNSHIPPED, Role
from app.shop.rules.reasons import REASONS, Fault
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.ui import theme
from app.ui.parts.frame import Pair, Section
from app.ui.parts.photo import Photo
from app.ui.parts.picture import Avatar
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong
from app.ui.texts import has, moment, reason_text, t

SETTLED = (RequestStatus.APPROVED, RequestStatus.COMPLETE)


def Asker(
    panel: RequestPanel,
    before: int,
    photos: tuple[PhotoRow, ...],
    on_photo: Callable[[PhotoRow, str], None],
    zone: str,
    now: int,
) -> ft.Control:
    """Who asks, whose doing it is by the reason, the photos, and the requests before this one."""
    order, request = panel.order, panel.newest
    who = ft.Column(
        [Heading(f"@{order.buyer}"), Small(_before(panel, before))],
        spacing=0,
        tight=True,
        expand=True,
    )
    rows: list[ft.Control] = [ft.Row([Avatar(order.buyer, 20), who], spacing=theme.GAP)]
    if request is not None:
        fault = REASONS[request.reason].fault if request.reason in REASONS else Fault.NONE
        rows.append(Pair(t("fault"), Strong(t(f"fault.{fault}"))))
        rows += [_photos(photos, order.buyer, on_photo)] if photos else []
    rows += [Quiet(t("requests_earlier"))] if panel.earlier else []
    rows += [_earlier(one, zone, now) for one in panel.earlier]
    return Section(*rows, title=t("the_buyer"))


def _before(panel: RequestPanel, elsewhere: int) -> str:
    if not panel.earlier and not elsewhere:
        return t(f"first_request.{panel.role}")
    return t(f"requests_elsewhere.{panel.role}", count=elsewhere)


def _photos(photos: tuple[PhotoRow, ...], buyer: str, on_photo: Callable[[PhotoRow, str], None]) -> ft.Row:
    tiles = [
        Photo(one, f"request-photo-{n}", lambda _, one=one: on_photo(one, f"@{buyer}"))
        for n, one in enumerate(photos, 1)
    ]
    return ft.Row(tiles, wrap=True, spacing=8, run_spacing=8)


def _earlier(request: RequestDetails, zone: str, now: int) -> ft.Control:
    at = moment(request.created_at, zone, now)
    words = f"{reason_text(request.reason)} · {at}"
    return ft.Column([Body(t(f"request.{request.status}")), Small(words)], spacing=0, tight=True)


def Answered(panel: RequestPanel) -> ft.Control:
    """What the shop answered, and what it wrote to the platform."""
    request = panel.newest
    rows: list[ft.Control] = []
    if request is not None and request.answer_reason:
        rows.append(Strong(reason_text(request.answer_reason)))
    if request is not None and request.answer_note:
        rows.append(Body(f"“{request.answer_note}”"))
    return Section(*rows, title=t("your_answer")) if rows else ft.Container(visible=False)


def WhyNotAnswer(panel: RequestPanel, code: str) -> ft.Control:
    """Why nothing can be answered now, and what comes next."""
    rows: list[ft.Control] = [Strong(t(code))]
    ahead = panel.order.status in UNSHIPPED or (panel.newest and panel.newest.status in SETTLED)
    following = f"seller_next.{_stands(panel.newest)}"
    if panel.role == Role.SELLER and ahead and has(following):
        rows.append(Body(t(following)))
    words = ft.Column(rows, spacing=theme.SPACE, tight=True)
    return ft.Semantics(identifier="why-not", container=True, content=Section(words))


def _stands(request: RequestDetails | None) -> str:
    if request is None:
        return "none"
    if request.kind == RequestKind.CHANGE and request.status == RequestStatus.REJECTED:
        return RequestStatus.WITHDRAWN  # nobody else is asked about it
    upheld = request.status == RequestStatus.REJECTED and request.decided_at is not None
    return "upheld" if upheld else request.status
