"""A shop and its threads from a shell."""

from tests.commands.conftest import Takeback
from tests.commands.test_requests import newest, paid


def test_what_is_said_stands_in_the_thread_for_both_sides(demo: Takeback) -> None:
    number = paid(demo)
    said = demo("messages", number, "--say", "is it\non its way?", "--key", "k", "--json")
    again = demo("messages", number, "--say", "is it\non its way?", "--key", "k", "--json")
    assert said.json == again.json
    assert [one["message"] for one in said.json if "message" in one][-1] == "is it\non its way?"
    assert "pay" in [one.get("event") for one in said.json]
    seller = next(one for one in demo("orders", "--limit", 200, "--json").json if one["number"] == number)
    lines = demo("messages", number, "--limit", 1, "--as", f"@{seller['buyer']}").out.splitlines()
    assert lines[0].endswith(f"@{seller['buyer']}: is it")
    assert lines[1].strip() == "on its way?"
    assert demo("messages", number, "--say", "  ").status == 1
    assert demo("messages", number, "--as", "nobody-here").status == 1


def test_a_parcel_is_packed_and_an_open_request_needs_its_tracking_number(demo: Takeback) -> None:
    first = paid(demo)
    assert demo("ship", first).out.strip() == f"{first}: Packed."
    second = paid(demo)
    demo("ask", second, "--reason", "BP_MISTAKE")
    assert demo("ship", second).status == 1
    done = demo("ship", second, "--tracking", "JX 1", "--json")
    assert done.json == {"number": second, "status": "AWAITING_COLLECTION"} | done.json
    assert newest(demo, second)["status"] == "REJECTED"
    assert demo("check").status == 0


def test_the_numbers_of_a_shop_are_those_of_its_orders(demo: Takeback) -> None:
    orders = demo("orders", "--limit", 200, "--json").json
    shop = orders[0]["shop"]
    told = demo("insights", "--shop", f"@{shop}", "--days", 365, "--json").json
    assert (told["shop"], told["days"]) == (shop, 365)
    own = [one for one in orders if one["shop"] == shop]
    assert sum(day["orders_placed"] for day in told["over-time"]) == len(own)
    cancelled = [one for one in own if one["status"] == "CANCELLED"]
    assert sum(one["orders_cancelled"] for one in told["reasons"]) == len(cancelled)
    assert "Cancellations over time" in demo("insights", "--shop", shop).out
    for arguments in (("--shop", "no-such-shop"), ("--shop", shop, "--as", own[0]["buyer"])):
        assert demo("insights", *arguments).status == 1
    assert demo("insights").status == 2
