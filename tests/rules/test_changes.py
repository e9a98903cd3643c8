"""A change is read back as it was written."""

from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.changes import Change, ChangeKind, as_json, from_json

ids = st.none() | st.integers(0, 2**62)


@given(
    st.builds(
        Change,
        kind=st.sampled_from(ChangeKind),
        line=ids,
        variant_id=ids,
        address_id=ids,
        ship_by=ids,
        label=st.text(),
        unit_minor=ids,
    )
)
def test_a_change_is_read_back_as_it_was_written(change: Change) -> None:
    assert from_json(as_json(change)) == change


def test_what_a_change_does_not_say_takes_no_room() -> None:
    assert as_json(Change(ChangeKind.SHIP_DATE, ship_by=5)) == '{"kind":"ship_date","ship_by":5}'
    assert as_json(Change(ChangeKind.VARIANT, line=1, variant_id=2, unit_minor=0, label="Cốc: Kem")) == (
        '{"kind":"variant","line":1,"variant_id":2,"label":"Cốc: Kem","unit_minor":0}'
    )
