"""Who signs in: passwords, sign-ins, tokens of programs, tries, invitations. Of tokens there are digests."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, Id, big, identity, to


class Account(SQLModel, table=True):
    """A person who can sign in. `password` is an Argon2 hash; one with an end is to be replaced by then."""

    __tablename__ = "accounts"
    person_id: int = Field(
        primary_key=True, sa_type=Id, foreign_key="people.id", sa_column_kwargs={"autoincrement": False}
    )
    password: str
    set_at: int = big()
    ends_at: int | None = big(default=None)


class SignIn(SQLModel, table=True):
    """A device on which somebody is signed in.

    `token` is what it shows; `offered` replaces that once the device has shown it, and is `spent` then.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (
        Index("sign_ins_of_person", "person_id"),
        Index("sign_ins_by_offered", "offered", unique=True),
        Index("sign_ins_by_spent", "spent", unique=True),
    )
    id: int = identity()
    person_id: int = to("accounts.person_id")
    token: str = Field(unique=True)
    token_at: int = big()
    offered: str | None = None
    spent: str | None = None
    spent_at: int | None = big(default=None)
    device: str
    begun_at: int = big()
    seen_at: int = big()


class ApiToken(SQLModel, table=True):
    """What a program shows to act as a person; `scopes` are words with blanks between."""

    __tablename__ = "api_tokens"
    __table_args__ = (Index("api_tokens_of_person", "person_id"),)
    id: int = identity()
    person_id: int = to("people.id")
    token: str = Field(unique=True)
    name: str
    scopes: str
    made_at: int = big()
    seen_at: int | None = big(default=None)
    ends_at: int = big()


class Tries(SQLModel, table=True):
    """How often in a row it was tried to sign in as somebody, or from somewhere, and when last."""

    __tablename__ = "tries"
    __table_args__ = (Index("tries_by_time", "at"), KEYED)
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    n: int
    at: int = big()


class Invitation(SQLModel, table=True):
    """Who follows it becomes a member of the shop, once."""

    __tablename__ = "invitations"
    __table_args__ = (Index("invitations_of_shop", "shop_id"), KEYED)
    token: str = Field(primary_key=True)
    shop_id: int = to("shops.id")
    invited_by: int = big()
    ends_at: int = big()
