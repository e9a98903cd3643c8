"""What a browser gets that comes back, frame by frame; that it then works is told by the journeys."""

from typing import Any

import msgpack  # type: ignore[import-untyped]

from app.server.returning import MARK, Returning, marked

TEXT = {"_c": "Text", "_i": 7, "value": "Đơn hàng"}
SHEET = {"_c": "BottomSheet", "_i": 9, "open": True}


def page(*dialogs: dict[str, Any]) -> dict[str, Any]:
    """A page with a text in a list, and dialogs."""
    return {
        "views": {"_c": "C", "_i": 4, "controls": [TEXT]},
        "_dialogs": {"_c": "Dialogs", "controls": [*dialogs]},
    }


def frame(action: int, body: Any) -> bytes:
    """A message as it goes over the line."""
    return b"\0" + bytes(msgpack.packb([action, body]))


def told(sent: bytes) -> Any:
    """The page in a message."""
    return msgpack.unpackb(sent[1:])[1]["page_patch"]


def test_each_control_of_each_page_is_marked_in_front_and_never_the_same_way_twice() -> None:
    whole = frame(1, {"session_id": "s", "page_patch": page(SHEET)})
    first, second = told(marked(whole, shown=False)), told(marked(whole, shown=False))
    for control in (first["views"], first["views"]["controls"][0], first["_dialogs"]["controls"][0]):
        assert next(iter(control)) == MARK
    assert first["views"][MARK] != second["views"][MARK]
    assert first["views"]["controls"][0] == {MARK: first["views"][MARK]} | TEXT


def test_what_is_no_whole_page_goes_as_it_is() -> None:
    for other in (frame(2, {"id": 1, "patch": [TEXT]}), b"\1\0\0\0\7raw"):
        assert marked(other, shown=True) == other


def test_a_browser_that_has_its_page_keeps_its_open_dialogs_and_no_others() -> None:
    open_one = told(marked(frame(1, {"page_patch": page(SHEET)}), shown=True))
    assert "controls" not in open_one["_dialogs"]
    assert told(marked(frame(1, {"page_patch": page()}), shown=True))["_dialogs"]["controls"] == []


async def test_who_has_a_page_says_so_by_its_mark() -> None:
    sent: list[bytes] = []

    async def come_back(window: Any) -> dict[str, Any]:
        async def receive() -> dict[str, Any]:
            return {"type": "websocket.receive", "bytes": frame(1, {"page": {"window": window}})}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message["bytes"])

        line = Returning(receive, send)
        await line.receive()
        answer = frame(1, {"page_patch": page(SHEET)})
        await line.send({"type": "websocket.send", "bytes": answer})
        await line.send({"type": "websocket.send", "bytes": frame(2, {})})
        assert sent.pop() == frame(2, {})
        dialogs: dict[str, Any] = told(sent.pop())["_dialogs"]
        return dialogs

    assert "controls" not in await come_back({MARK: 3})
    strangers: list[Any] = [{}, None, "window"]
    for stranger in strangers:
        assert "controls" in await come_back(stranger)
