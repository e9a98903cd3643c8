"""Messages, photos and read marks: what a thread says about itself."""

from app.shop.check.rule import Rule
from app.shop.rules.words import PHOTOS

TALK = (
    Rule(
        "messages_without_gaps",
        "{0} messages, from {1} to {2}",
        """SELECT order_number, count(*), min(n), max(n) FROM messages GROUP BY order_number
            HAVING min(n) <> 1 OR max(n) <> count(*)""",
    ),
    Rule(
        "message_of_a_buyer_is_theirs",
        "message {0} was sent by {1}, the buyer is {2}",
        """SELECT m.order_number, m.n, m.sender_id, o.buyer_id FROM messages m
            JOIN orders o ON o.number = m.order_number
            WHERE m.role = 'BUYER' AND m.sender_id <> o.buyer_id""",
    ),
    Rule(
        "photos_fit_their_message",
        "message {0} has {1} photos, {2} of them of its sender",
        f"""SELECT * FROM (SELECT p.order_number, p.message_n, count(*) AS photos,
            sum(CASE WHEN p.who = m.sender_id THEN 1 ELSE 0 END) AS own FROM photos p
            JOIN messages m ON m.order_number = p.order_number AND m.n = p.message_n
            GROUP BY p.order_number, p.message_n) AS found
            WHERE photos > {PHOTOS} OR photos <> own""",  # noqa: S608
    ),
    Rule(
        "read_mark_is_of_a_message",
        "person {0} has read up to message {1}",
        """SELECT r.order_number, r.person_id, r.n FROM read_marks r WHERE NOT EXISTS
            (SELECT 1 FROM messages m WHERE m.order_number = r.order_number AND m.n = r.n)""",
    ),
)
