"""One order: where it stands, what can be done and why not, what it holds and costs, what happened."""

from collections.abc import Callable

import flet as ft

from app.shop.actions.refund import retry_refund
from app.shop.reads.cards import OrderSummary
from app.shop.reads.order import OrderDetails, order_details
from app.shop.reads.talk import unread_threads
from app.shop.rules.items import Items
from app.shop.rules.orders import Action, Role, Status
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.asking import RequestSection
from app.ui.fixing import open_fix
from app.ui.hooks import new_key, use_action, use_query
from app.ui.parts.faces import OrderFace
from app.ui.parts.frame import Foot, Pane, Scroll
from app.ui.parts.order_sections import Delivery, Lines, Number, Payment, Prices, State
from app.ui.parts.rebuy_instead import Bound, RebuyInstead
from app.ui.parts.refund_steps import RefundSteps
from app.ui.parts.tap import Filled, IconTap, Outlined
from app.ui.parts.timeline import Timeline
from app.ui.parts.way_to_fix import way_to_fix
from app.ui.rebuying import open_rebuy
from app.ui.state import go, use_underway, use_window
from app.ui.texts import t
from app.ui.window import Window

ASK_SELLER = "contact_seller"
"""The next step that leads to the chat."""


@ft.component
def OrderScreen(back: str | None, number: int) -> ft.Control:
    """The page of order `number`."""
    window, running = use_window(), use_underway().of(number) is not None
    found = use_query(_order_and_news, number)
    retry = use_action(retry_refund)

    async def copy(order: OrderSummary) -> None:
        await ft.Clipboard().set(order.outside_number or str(order.number))
        window.say(t("number_copied"))

    async def send_again() -> None:
        await retry.run(number, key=new_key())

    # Where one is, is asked when one goes: while a screen lies above this one, it is drawn for that address.
    def contact() -> None:
        go(routes.contact(number, window.navigation.address))

    def pay() -> None:
        go(routes.pay(number, window.navigation.address))

    def buy(items: Items) -> None:
        go(routes.checkout(items, routes.order(number), window.navigation.address))

    content, foot = OrderFace(found.error, window.draw_again, 120, 120, 200, 120, still=window.still), None
    if found.value is not None:
        details, news = found.value
        content = OrderBody(
            details,
            window,
            running,
            contact,
            news,
            lambda: window.page.run_task(copy, details.order),
            None if retry.busy else lambda: window.page.run_task(send_again),
        )
        ways = [_contact(details, news, contact)]
        if details.order.why_not_cancel is None:
            word = t("cancelling_now" if running else "cancel_order")
            cancel = Outlined(
                "cancel-order", word, lambda: window.above.ask(number), disabled=running, expand=True
            )
            ways.append(cancel)
        if details.order.payable:
            # Two are enough: the way to the seller stands beside the name of the shop.
            word = t("pay" if details.order.why_not_pay is None else "see_payment")
            ways = [*ways[1:], Filled("pay", word, pay, disabled=running, expand=True)]
        elif details.role == Role.BUYER and closed(details.order):
            items = details.order.items
            ways.append(Filled("buy-again", t("buy_again"), lambda: buy(items), expand=True))
        foot = Foot(*ways)
    return Pane(t("order"), content, back=back, foot=foot)


def _order_and_news(shop: Shop, actor: Actor, number: int) -> tuple[OrderDetails, int]:
    """The order, and how many messages about it are unread: in one answer, so that the page is drawn once."""
    return order_details(shop, actor, number), unread_threads(shop, actor).get(number, 0)


def _contact(details: OrderDetails, news: int, on_tap: Callable[[], None]) -> ft.Control:
    """The way to the chat: the one thing to do where only the seller can help, or where they have written."""
    word = t(f"contact.{details.role}")
    word = t("contact_unread", contact=word, count=news) if news else word
    first = details.order.next_step == ASK_SELLER or news > 0
    return (Filled if first else Outlined)("contact-seller", word, on_tap, expand=True)


def _contact_beside(details: OrderDetails, news: int, on_tap: Callable[[], None]) -> ft.Control:
    """The way to the chat where something else is to be done first; what the seller wrote stands out."""
    icon = ft.Icons.MARK_CHAT_UNREAD_OUTLINED if news else ft.Icons.CHAT_BUBBLE_OUTLINE
    word = t(f"contact.{details.role}")
    word = t("contact_unread", contact=word, count=news) if news else word
    return IconTap("contact-seller", word, icon, on_tap, ink=theme.ACCENT if news else None)


def _rebuys(details: OrderDetails, running: bool) -> bool:
    return Action.REBUY in details.possible and details.order.source == "takeback" and not running


def OrderBody(
    details: OrderDetails,
    window: Window,
    running: bool,
    on_contact: Callable[[], None],
    news: int,
    on_copy: Callable[[], object],
    on_retry: Callable[[], object] | None,
) -> ft.Control:
    """The page once it is loaded; `running`: a cancellation of it is being counted down."""
    zone, now = window.zone, window.now()
    way = _contact_beside(details, news, on_contact) if details.order.payable else None
    return Scroll(
        Bound(State(details, zone, now, running=running), details, lambda number: go(routes.order(number))),
        RequestSection(details.order.number, asks=False),
        Lines(details.order, flies=window.flies, way=way),
        *([] if running else way_to_fix(details, lambda: open_fix(window, details.order.number))),
        Prices(details),
        *(
            [RebuyInstead(lambda: open_rebuy(window, details.order.number))]
            if _rebuys(details, running)
            else []
        ),
        *([Payment(details, zone, now)] if details.payments else []),
        *([RefundSteps(details, zone, now, on_retry)] if details.refunds or details.returned else []),
        *([Delivery(details)] if details.address or details.creator else []),
        Timeline(details, zone, now),
        Number(details.order, on_copy),
    )


def closed(order: OrderSummary) -> bool:
    """Whether what was in it can be bought again, of us."""
    return order.status in (Status.CANCELLED, Status.COMPLETED) and order.source == "takeback"
