"""What is remembered: answers by key, ids of other platforms, policies, and what people were told."""

from app.shop.check.rule import Rule

RECORDS = (
    Rule(
        "key_keeps_an_answer",
        "key {1} of {0} keeps {2} for {3}",
        """SELECT actor_id, actor_id, key, answer, people FROM idempotency_keys k
            WHERE length(fingerprint) <> 32 OR answer NOT LIKE '{%}' OR people NOT LIKE '[%]' OR (actor_id > 0
            AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = k.actor_id))""",
    ),
    Rule(
        "outside_id_means_something",
        "{0} {1} of {2} is not there",
        """SELECT subject, kind, outside_id, source FROM outside_ids x WHERE NOT CASE kind
            WHEN 'person' THEN EXISTS (SELECT 1 FROM people t WHERE t.id = x.subject)
            WHEN 'shop' THEN EXISTS (SELECT 1 FROM shops t WHERE t.id = x.subject)
            WHEN 'product' THEN EXISTS (SELECT 1 FROM products t WHERE t.id = x.subject)
            WHEN 'variant' THEN EXISTS (SELECT 1 FROM variants t WHERE t.id = x.subject)
            WHEN 'address' THEN EXISTS (SELECT 1 FROM addresses t WHERE t.id = x.subject)
            ELSE true END""",
    ),
    Rule(
        "policies_without_gaps",
        "{0} policies, from {1} to {2}",
        """SELECT shop_id, count(*), min(n), max(n) FROM policies GROUP BY shop_id
            HAVING min(n) <> 1 OR max(n) <> count(*)""",
    ),
    Rule(
        "token_is_kept_as_a_digest",
        "a token of {0} is kept as {1} signs, for '{2}'",
        """SELECT id, person_id, length(token), scopes FROM api_tokens
            WHERE length(token) <> 64 OR scopes = '' OR ends_at <= made_at""",
    ),
    Rule(
        "notification_has_its_cause",
        "person {0} was told {1} at {2}: there is no event or message {3} of then",
        """SELECT order_number, person_id, code, at, n FROM notifications i WHERE NOT CASE WHEN n >= 0
            THEN EXISTS (SELECT 1 FROM events e WHERE e.order_number = i.order_number AND e.n = i.n
            AND (e.at = i.at OR i.code = 'hook_off'))
            ELSE EXISTS (SELECT 1 FROM messages m WHERE m.order_number = i.order_number AND m.n = -i.n
            AND m.at = i.at) END""",
    ),
    Rule(
        "webhook_is_a_shops",
        "is of shop {0}",
        "SELECT id, shop_id FROM hooks h WHERE shop_id <> 0 AND NOT EXISTS "
        "(SELECT 1 FROM shops s WHERE s.id = h.shop_id)",
    ),
    Rule(
        "webhook_waits_or_was_given_up",
        "event {0} for {1}: due {2}, given up {3}",
        """SELECT order_number, n, hook_id, due_at, failed_at FROM hook_deliveries
            WHERE (due_at IS NULL) = (failed_at IS NULL)""",
    ),
)
