"""Who may do what over HTTP: every endpoint, for everybody, on what is their own and what is others'."""



from app.server.api.endpoints import ACTIONS, READS
from tests.actions.steps import BUDI, MAI, OPS, SARI, TUAN, fresh, plenty
from tests.people import stock
from tests.server.programs import programs

# y: may; n: is something to it, but may not; -: does not learn that it is there
MATRIX = """
"""


WHO = {"other-buyer": BUDI, "other-seller": TUAN, "seller": SARI, "staff": OPS, "buyer": MAI}
PASSWORD = "a mug of navy enamel"
ENDPOINTS = {one.run.__name__: one for one in (*READS, *ACTIONS)}


def things(p, e):
    from tests.server.examples import body_of, path_of

    return path_of(e, p.shop), body_of(e)


async def call(p, e, given, actor):
    path, body = given
    h = {"content_type": "image/jpeg"} if isinstance(body, bytes) else {}
    return await p.ask(e.verb, path, actor, body, key=fresh(), **h)


def test_print(sqlite_shop, tmp_path):
    import asyncio

    stock(sqlite_shop)
    plenty(sqlite_shop)

    async def go():
        with programs(sqlite_shop, tmp_path) as p:
            for name, e in ENDPOINTS.items():
                row = []
                given = things(p, e)
                for who, actor in WHO.items():
                    a = await call(p, e, given, actor)
                    row.append(f"{who}={a.status}:{'' if a.status == 200 else a.json['code']}")
                print(f"{name:24}", *row)

    asyncio.run(go())
