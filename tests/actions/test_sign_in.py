"""Signing in: a password once, then tokens that are replaced; what a guesser, a thief and a latecomer get."""

import pytest

from app.shop.actions.accounts import change_password, first_account, give_password, sign_up
from app.shop.actions.sign_in import SignedIn, resume, sign_in, sign_out, sign_out_elsewhere
from app.shop.rules.accounts import FORGOTTEN_MS, GRACE_MS, LASTS_MS, MOST_SIGN_INS, PATIENCE, Guessed
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, MAI, OPS, all_at_once, rows
from tests.conftest import Clock
from tests.people import Stocked

PASSWORD, ANOTHER = "seven rivers run", "nine bridges stand"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def mai(stocked: Stocked, shop: Shop) -> Actor:
    """Mai, who has an account with a password of her own."""
    given = give_password(shop, SYSTEM, MAI.id)
    change_password(shop, MAI, given.password, PASSWORD, address=HOME)
    return MAI


def enter(shop: Shop, password: str = PASSWORD, name: str = "mai", address: str = HOME) -> SignedIn:
    """Sign in from a phone."""
    return sign_in(shop, name, password, address=address, device="Chrome, Android")


def refusal(shop: Shop, *given: str) -> str:
    """Why somebody cannot sign in."""
    with pytest.raises(Refused) as refused:
        enter(shop, *given)
    return refused.value.code


def test_who_has_the_password_comes_in_and_goes_on_by_token(shop: Shop, mai: Actor) -> None:
    entered = enter(shop)
    assert (entered.actor, entered.replace_password) == (mai, False)
    assert entered.token
    assert resume(shop, entered.token) == SignedIn(mai, entered.sign_in, None, False)


@pytest.mark.parametrize("name", ["@mai", " mai "])
def test_a_name_may_be_typed_as_it_is_shown(shop: Shop, mai: Actor, name: str) -> None:
    assert enter(shop, name=name).actor == mai


@pytest.mark.parametrize(
    ("name", "password"), [("mai", "wrong"), ("budi", PASSWORD), ("nobody", PASSWORD), ("mai", ""), ("", "")]
)
def test_what_is_wrong_is_not_said(shop: Shop, mai: Actor, name: str, password: str) -> None:
    assert refusal(shop, password, name) == "sign_in_failed"


def test_nothing_that_is_stored_lets_anybody_in(shop: Shop, mai: Actor) -> None:
    token = enter(shop).token
    ((kept,),) = rows(shop, "SELECT password FROM accounts")
    ((digest,),) = rows(shop, "SELECT token FROM sign_ins")
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert digest != token
    assert refusal(shop, kept) == "sign_in_failed"
    with pytest.raises(Refused):
        resume(shop, digest)


@pytest.mark.parametrize("kind", Guessed)
def test_a_guesser_has_to_wait_longer_each_time(shop: Shop, mai: Actor, clock: Clock, kind: Guessed) -> None:
    patience = PATIENCE[kind]

    def guess(n: int) -> str:
        name, address = ("mai", f"192.0.2.{n}") if kind is Guessed.NAME else (f"user{n}", ELSEWHERE)
        return refusal(shop, "a guess", name, address)

    assert {guess(n) for n in range(patience.free)} == {"sign_in_failed"}
    assert guess(200) == "try_later"
    for n in range(3):
        clock.move(milliseconds=(patience.first_ms << n) - 1)
        assert guess(201) == "try_later"
        clock.move(milliseconds=1)
        assert guess(202 + n) == "sign_in_failed"


def test_the_wait_has_an_end_and_is_forgotten(shop: Shop, mai: Actor, clock: Clock) -> None:
    patience = PATIENCE[Guessed.NAME]
    for _ in range(30):
        assert refusal(shop, "a guess") == "sign_in_failed"
        clock.move(milliseconds=patience.most_ms)
    clock.move(milliseconds=FORGOTTEN_MS)
    assert refusal(shop, "a guess") == "sign_in_failed"
    assert enter(shop).actor == mai


def test_whose_own_guesses_those_were_is_not_kept_waiting(shop: Shop, mai: Actor) -> None:
    for _ in range(3):
        for _ in range(PATIENCE[Guessed.NAME].free - 1):
            refusal(shop, "mistyped")
        assert enter(shop).actor == mai


def test_many_guesses_at_one_moment_are_counted_too(shop: Shop, mai: Actor) -> None:
    free = PATIENCE[Guessed.NAME].free
    told = all_at_once(
        *[lambda n=n: refusal(shop, "a guess", "mai", f"192.0.2.{n}") for n in range(free + 3)]
    )
    assert sorted(told) == ["sign_in_failed"] * free + ["try_later"] * 3


def test_a_token_is_replaced_as_it_is_used(shop: Shop, mai: Actor, clock: Clock) -> None:
    first = enter(shop).token or ""
    clock.move(minutes=59)
    assert resume(shop, first).token is None
    clock.move(minutes=1)
    second = resume(shop, first).token or ""
    assert second not in {"", first}
    assert resume(shop, first).token not in {None, second}, (
        "the answer may have been lost: another is offered"
    )
    third = resume(shop, first).token or ""
    assert resume(shop, third).actor == mai
    assert resume(shop, first).actor == mai, "another tab had read it before"
    clock.move(milliseconds=GRACE_MS)
    assert resume(shop, third).actor == mai


def test_a_token_that_was_replaced_ends_the_sign_in_when_it_comes_once_more(
    shop: Shop, mai: Actor, clock: Clock
) -> None:
    stolen = enter(shop).token or ""
    clock.move(hours=1)
    own = resume(shop, stolen).token or ""
    resume(shop, own)
    clock.move(milliseconds=GRACE_MS + 1)
    for token in (stolen, own):
        with pytest.raises(Refused, match="signed_out"):
            resume(shop, token)
    assert rows(shop, "SELECT * FROM sign_ins") == []


def test_a_sign_in_ends_when_it_is_not_used_and_when_it_is_old(shop: Shop, mai: Actor, clock: Clock) -> None:
    token = enter(shop).token or ""
    for _ in range(8):
        clock.move(days=22)
        token = resume(shop, token).token or token
        resume(shop, token)
    clock.move(days=5)
    with pytest.raises(Refused, match="signed_out"):
        resume(shop, token)
    unused = enter(shop).token or ""
    clock.move(days=31)
    with pytest.raises(Refused, match="signed_out"):
        resume(shop, unused)
    assert LASTS_MS == 180 * 86_400_000


@pytest.mark.parametrize("token", ["", "x", "a" * 10_000, "\ud800"])
def test_a_token_that_is_none_is_refused(shop: Shop, mai: Actor, token: str) -> None:
    enter(shop)
    with pytest.raises(Refused, match="signed_out"):
        resume(shop, token)


def test_one_signs_out_here_or_everywhere_else_and_nobody_for_others(shop: Shop, mai: Actor) -> None:
    phone, tablet, laptop = (enter(shop) for _ in range(3))
    with pytest.raises(NotFound):
        sign_out(shop, BUDI, phone.sign_in)
    assert sign_out_elsewhere(shop, BUDI).answer == {"signed_out": 0}
    sign_out(shop, mai, phone.sign_in)
    assert sign_out_elsewhere(shop, mai, laptop.sign_in).answer == {"signed_out": 1}
    for gone in (phone, tablet):
        with pytest.raises(Refused, match="signed_out"):
            resume(shop, gone.token or "")
    assert resume(shop, laptop.token or "").actor == mai


def test_of_too_many_sign_ins_the_one_unused_longest_ends(shop: Shop, mai: Actor, clock: Clock) -> None:
    tokens = []
    for _ in range(MOST_SIGN_INS + 1):
        tokens.append(enter(shop).token or "")
        clock.move(seconds=1)
    with pytest.raises(Refused, match="signed_out"):
        resume(shop, tokens[0])
    assert resume(shop, tokens[1]).actor == mai


def test_a_new_password_ends_the_other_sign_ins(shop: Shop, mai: Actor) -> None:
    here, there = enter(shop), enter(shop)
    change_password(shop, mai, PASSWORD, ANOTHER, address=HOME, here=here.sign_in)
    assert resume(shop, here.token or "").actor == mai
    with pytest.raises(Refused, match="signed_out"):
        resume(shop, there.token or "")
    assert refusal(shop) == "sign_in_failed"
    assert enter(shop, ANOTHER).actor == mai


def test_a_password_is_changed_by_who_knows_it(shop: Shop, mai: Actor, clock: Clock) -> None:
    for _ in range(PATIENCE[Guessed.NAME].free):
        with pytest.raises(Refused, match="password_wrong"):
            change_password(shop, mai, "a guess", ANOTHER, address=ELSEWHERE)
    with pytest.raises(Refused, match="try_later"):
        change_password(shop, mai, PASSWORD, ANOTHER, address=ELSEWHERE)
    with pytest.raises(NotFound):
        change_password(shop, BUDI, PASSWORD, ANOTHER, address=HOME)


@pytest.mark.parametrize("password", ["short", "password1", "maimaimai", "12345678", "a" * 129, PASSWORD])
def test_a_password_that_is_guessed_or_the_same_is_not_taken(shop: Shop, mai: Actor, password: str) -> None:
    with pytest.raises(Invalid):
        change_password(shop, mai, PASSWORD, password, address=HOME)
    assert enter(shop).actor == mai


def test_a_given_password_is_to_be_replaced_and_good_for_a_day(shop: Shop, mai: Actor, clock: Clock) -> None:
    before = enter(shop)
    given = give_password(shop, OPS, mai.id)
    with pytest.raises(Refused, match="signed_out"):
        resume(shop, before.token or "")
    entered = enter(shop, given.password)
    assert entered.replace_password
    assert resume(shop, entered.token or "").replace_password
    clock.move(days=1, milliseconds=1)
    assert refusal(shop, given.password) == "password_ended"
    change_password(shop, mai, given.password, ANOTHER, address=HOME, here=entered.sign_in)
    assert not resume(shop, entered.token or "").replace_password


@pytest.mark.parametrize("who", [MAI, BUDI])
def test_only_the_platform_gives_passwords(shop: Shop, mai: Actor, who: Actor) -> None:
    with pytest.raises(NotFound):
        give_password(shop, who, mai.id)
    assert enter(shop).actor == mai


def test_a_store_without_accounts_gets_the_platforms_once(shop: Shop) -> None:
    given = first_account(shop)
    assert given
    assert enter(shop, given.password, given.handle).replace_password
    assert rows(shop, "SELECT p.handle FROM staff s JOIN people p ON p.id = s.person_id") == [(given.handle,)]
    assert first_account(shop) is None


def test_the_first_account_is_of_the_staff_there_is(shop: Shop, stocked: Stocked) -> None:
    given = first_account(shop)
    assert given
    assert given.handle == "ops"


def test_who_signs_up_can_sign_in(shop: Shop) -> None:
    actor = sign_up(shop, "@new.buyer", PASSWORD, "Nia", time_zone="Asia/Jakarta", address=HOME)
    assert enter(shop, name="new.buyer").actor == actor
    assert rows(shop, "SELECT name, time_zone FROM people") == [("Nia", "Asia/Jakarta")]


@pytest.mark.parametrize("handle", ["mai", "kopi-house"])
def test_a_handle_is_taken_once(shop: Shop, stocked: Stocked, handle: str) -> None:
    with pytest.raises(Refused, match="handle_taken"):
        sign_up(shop, handle, PASSWORD, address=HOME)


@pytest.mark.parametrize(
    "handle", ["ab", "Mai2", "a" * 31, "x y z", "admin", "takeback.help", "erased-7", ".mai"]
)
def test_a_handle_that_misleads_is_not_taken(shop: Shop, handle: str) -> None:
    with pytest.raises(Invalid):
        sign_up(shop, handle, PASSWORD, address=HOME)
    assert rows(shop, "SELECT * FROM handles") == []


def test_two_of_one_moment_do_not_get_one_handle(shop: Shop) -> None:
    def sign_me_up() -> str:
        try:
            sign_up(shop, "nia", PASSWORD, address=HOME)
        except Refused as refused:
            return refused.code
        return "done"

    assert sorted(all_at_once(*[sign_me_up] * 4)) == ["done", *["handle_taken"] * 3]
