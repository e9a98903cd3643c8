"""What of the shop's actions and reads is not offered over HTTP, each with its reason."""

_CLOCK = "the clock does it when it is due"
_GATEWAY = "the gateway says so, not a person"
_PASSWORD = "a token may not gain what outlasts it: passwords are typed where they are asked for"  # noqa: S105
_WHOLE = "asks nobody who looks: for whoever has the store itself"
_PART = "a part of the others"

NOT_OFFERED: dict[str, str] = {
    **dict.fromkeys(("remind", "expire", "release", "ship_timeout"), _CLOCK),
    **dict.fromkeys(("remind_of_request", "auto_approve", "pass_on", "lapse"), _CLOCK),
    **dict.fromkeys(("run_due", "apply_due", "ask_due", "settle_due", "sweep_photos"), _CLOCK),
    **dict.fromkeys(("forget_erased", "forget_ended", "go_round", "is_left", "advance_refund"), _CLOCK),
    **dict.fromkeys(("pay", "pay_difference", "late_payment", "ask_about"), _GATEWAY),
    "lose": "the carrier says so, not a person",
    **dict.fromkeys(("sign_in", "sign_up", "resume", "change_password", "give_password"), _PASSWORD),
    **dict.fromkeys(("make_token", "first_account", "open_account"), _PASSWORD),
    "show_token": "every request does it",
    **dict.fromkeys(("count_try", "take_out", "importable_shops"), _PART),
    **dict.fromkeys(("all_orders", "all_refunds", "all_requests", "accounts"), _WHOLE),
    **dict.fromkeys(("person_by_handle", "default_account", "member_for", "buyer_of", "an_operator"), _WHOLE),
    **dict.fromkeys(("find_number", "asked_about"), "makes a word into what the others take"),
    **dict.fromkeys(("ended", "is_signed_in"), "windows ask it of their own sign-ins"),
    "audit_entries": "tells page after page what `audit_trail` does",
}
