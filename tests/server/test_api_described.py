"""The OpenAPI kept at its word: what Schemathesis makes of it is answered as it says, over a connection."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.server.api.app import _offered
from app.server.web import listening
from app.shop.rules.accounts import Rate
from app.shop.store import open_shop
from tests.actions.steps import SARI, place
from tests.conftest import Clock
from tests.people import stock
from tests.server.programs import programs

FEW, MANY = 1, 200
"""Examples of what is right, and as many of what is wrong, for each operation."""
OPENAPI = schemathesis.openapi.from_dict(json.loads(_offered()[1]))
OPERATIONS: dict[str, Any] = {
    one.ok().label: one.ok() for one in OPENAPI.get_all_operations() if isinstance(one, Ok)
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where the API is served, and a token for everything of a seller who buys as well."""
    folder = tmp_path_factory.mktemp("described")
    shop = open_shop(f"sqlite:///{folder / 'shop.db'}", Clock())
    stock(shop)
    place(shop, buyer=SARI)
    with programs(shop, folder, Rate(10**6, 10**6)) as served, listening(0) as listener:
        server = uvicorn.Server(uvicorn.Config(served.app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", served.token(SARI)
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.parametrize("label", OPERATIONS)
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_asked_is_answered_as_described(
    label: str, mode: GenerationMode, address: tuple[str, str], full: bool
) -> None:
    where, token = address

    @settings(
        max_examples=MANY if full else FEW,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(OPERATIONS[label].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(base_url=where, headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)

    ask()
