"""What each way to pay looks like."""

import flet as ft

from app.shop.rules.clocks import Method

METHOD_ICONS = {
    Method.CARD: ft.Icons.CREDIT_CARD,
    Method.WALLET: ft.Icons.QR_CODE_2,
    Method.TRANSFER: ft.Icons.ACCOUNT_BALANCE_OUTLINED,
    Method.COD: ft.Icons.PAYMENTS_OUTLINED,
    Method.OTHER: ft.Icons.PAYMENTS_OUTLINED,
}
