"""Members of a shop: invited by a link that works once, and let go again."""

from functools import partial

import pytest

from app.shop.actions.invitations import invite_member, join_shop, remove_member, revoke_invitation
from app.shop.reads.members import members
from app.shop.reads.people import profile_of
from app.shop.rules.accounts import MOST_INVITED
from app.shop.rules.errors import NotFound, Refused
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, MAI, OPS, SARI, TUAN, all_at_once, rows
from tests.conftest import Clock
from tests.people import Stocked


def test_who_follows_an_invitation_acts_for_the_shop(stocked: Stocked, shop: Shop) -> None:
    token = invite_member(shop, SARI, stocked.kopi_house)
    done = join_shop(shop, BUDI, token)
    assert (done.answer, done.shop) == ({"shop": "kopi-house"}, stocked.kopi_house)
    assert profile_of(shop, BUDI).shops == ("kopi-house",)


def test_an_invitation_works_once(stocked: Stocked, shop: Shop) -> None:
    token = invite_member(shop, OPS, stocked.kopi_house)

    def follow(actor: Actor) -> object:
        return join_shop(shop, actor, token).answer["shop"]

    ends = all_at_once(lambda: follow(MAI), lambda: follow(BUDI), lambda: follow(TUAN))
    assert sorted(map(str, ends)) == ["kopi-house", "no_such_invitation", "no_such_invitation"]
    assert rows(shop, "SELECT count(*) FROM members WHERE shop_id = 11") == [(2,)]


def test_an_invitation_ends_after_a_week(stocked: Stocked, shop: Shop, clock: Clock) -> None:
    token = invite_member(shop, SARI, stocked.kopi_house)
    clock.move(days=7, milliseconds=1)
    with pytest.raises(NotFound):
        join_shop(shop, BUDI, token)
    for _ in range(MOST_INVITED):
        invite_member(shop, SARI, stocked.kopi_house)
    with pytest.raises(Refused, match="too_many_invited"):
        invite_member(shop, SARI, stocked.kopi_house)


def test_what_is_stored_of_an_invitation_lets_nobody_in(stocked: Stocked, shop: Shop) -> None:
    token = invite_member(shop, SARI, stocked.kopi_house)
    ((kept,),) = rows(shop, "SELECT token FROM invitations")
    assert kept != token
    for wrong in (kept, "", "x" * 5000):
        with pytest.raises(NotFound):
            join_shop(shop, BUDI, wrong)


@pytest.mark.parametrize("who", [MAI, TUAN])
def test_only_members_and_the_platform_invite_and_let_go(stocked: Stocked, shop: Shop, who: Actor) -> None:
    with pytest.raises(NotFound):
        invite_member(shop, who, stocked.kopi_house)
    with pytest.raises(NotFound):
        remove_member(shop, who, stocked.kopi_house, SARI.id)
    with pytest.raises(NotFound):
        invite_member(shop, SYSTEM, 999)


def test_a_member_is_let_go_but_not_the_last(stocked: Stocked, shop: Shop) -> None:
    join_shop(shop, BUDI, invite_member(shop, SARI, stocked.kopi_house))
    ends = all_at_once(
        lambda: remove_member(shop, BUDI, stocked.kopi_house, SARI.id).answer["shop"],
        lambda: remove_member(shop, SARI, stocked.kopi_house, BUDI.id).answer["shop"],
    )
    assert "kopi-house" in ends
    assert rows(shop, "SELECT count(*) FROM members WHERE shop_id = 11") == [(1,)]
    ((left,),) = rows(shop, "SELECT person_id FROM members WHERE shop_id = 11")
    with pytest.raises(Refused, match="last_member"):
        remove_member(shop, OPS, stocked.kopi_house, left)


def test_who_is_let_go_has_no_way_back_by_an_invitation_of_their_own(stocked: Stocked, shop: Shop) -> None:
    join_shop(shop, BUDI, invite_member(shop, SARI, stocked.kopi_house))
    own, other = (invite_member(shop, who, stocked.kopi_house) for who in (BUDI, SARI))
    remove_member(shop, SARI, stocked.kopi_house, BUDI.id)
    with pytest.raises(NotFound, match="no_such_invitation"):
        join_shop(shop, BUDI, own)
    assert join_shop(shop, MAI, other).answer == {"shop": "kopi-house"}


def test_an_open_invitation_is_named_and_withdrawn(stocked: Stocked, shop: Shop) -> None:
    wrong, right = (invite_member(shop, who, stocked.kopi_house) for who in (SARI, OPS))
    (found,) = (one for one in members(shop, SARI) if one.handle == "kopi-house")
    assert sorted(str(one.by) for one in found.open) == ["ops", "sari"]
    (mine,) = (one for one in found.open if one.by == "sari")
    for shop_id in (stocked.linen_lab, 999):
        with pytest.raises(NotFound):
            revoke_invitation(shop, SARI, shop_id, mine.id)
    revoke_invitation(shop, SARI, stocked.kopi_house, mine.id)
    with pytest.raises(NotFound, match="no_such_invitation"):
        revoke_invitation(shop, SARI, stocked.kopi_house, mine.id)
    with pytest.raises(NotFound, match="no_such_invitation"):
        join_shop(shop, BUDI, wrong)
    assert join_shop(shop, BUDI, right).answer == {"shop": "kopi-house"}


def test_an_invitation_is_withdrawn_or_followed_and_never_both(stocked: Stocked, shop: Shop) -> None:
    def follow(token: str) -> object:
        return join_shop(shop, BUDI, token).answer["shop"]

    def withdraw(invitation: str) -> object:
        return revoke_invitation(shop, SARI, stocked.kopi_house, invitation).answer["shop"]

    for _ in range(5):
        token = invite_member(shop, SARI, stocked.kopi_house)
        (open_one,) = next(one.open for one in members(shop, SARI) if one.id == stocked.kopi_house)
        ends = all_at_once(partial(follow, token), partial(withdraw, open_one.id))
        assert sorted(map(str, ends)) == ["kopi-house", "no_such_invitation"]
        joined = rows(shop, "SELECT count(*) FROM members WHERE shop_id = 11 AND person_id = 2")
        assert joined == [(int(ends[0] == "kopi-house"),)]
        if joined == [(1,)]:
            remove_member(shop, SARI, stocked.kopi_house, BUDI.id)


def test_who_acts_for_the_shop_already_leaves_the_invitation_for_others(stocked: Stocked, shop: Shop) -> None:
    token = invite_member(shop, SARI, stocked.kopi_house)
    assert join_shop(shop, SARI, token).answer == {"shop": "kopi-house"}
    assert join_shop(shop, BUDI, token).answer == {"shop": "kopi-house"}
