"""What is counted of orders by when they were placed, first answers, photos that wait to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COUNTED = {
    "order_counted": "orders",
    "order_recounted": "orders",
    "request_counted": "requests",
    "request_recounted": "requests",
    "request_uncounted": "requests",
}
"""The triggers that count anew, and the tables they watch."""

TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER order_counted AFTER INSERT ON orders FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, 0, sum(n), sum(total) FROM (SELECT NEW.shop_id AS shop_id, 'PLACED'
            AS kind, 1 AS days, NEW.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0)
            AS total WHERE 1 = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS
            kind, 1 AS days, NEW.created_at / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, NEW.created_at /
            2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS
            total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) /
            86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1
            AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status
            = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind,
            32 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status
            = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind,
            1 AS days, NEW.created_at / 86400000 AS day, coalesce(NEW.cancelled_by, '') || ':'
            || coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id
            AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND
            NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject,
            1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT
            NULL) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE
            SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER order_recounted AFTER UPDATE OF shop_id, currency, created_at, creator_id,
            status, cancelled_at, cancel_reason, cancelled_by ON orders FOR EACH ROW WHEN
            (OLD.shop_id <> NEW.shop_id OR OLD.currency <> NEW.currency OR OLD.created_at <>
            NEW.created_at OR coalesce(OLD.creator_id, 0) <> coalesce(NEW.creator_id, 0) OR
            (OLD.status = 'CANCELLED') <> (NEW.status = 'CANCELLED') OR
            coalesce(OLD.cancelled_at, 0) <> coalesce(NEW.cancelled_at, 0) OR
            coalesce(OLD.cancel_reason, '') <> coalesce(NEW.cancel_reason, '') OR
            coalesce(OLD.cancelled_by, '') <> coalesce(NEW.cancelled_by, '')) BEGIN INSERT
            INTO tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id,
            kind, days, day, subject, 0, sum(n), sum(total) FROM (SELECT NEW.shop_id AS
            shop_id, 'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, '' AS
            subject, 1 AS n, (0) AS total WHERE 1 = 1 UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id
            IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32
            AS days, NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at)
            / 86400000 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at, NEW.created_at)
            / 2764800000 * 32 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0)
            AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at /
            2764800000 * 32 AS day, coalesce(NEW.cancelled_by, '') || ':' ||
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status
            = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS
            kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject,
            1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            NEW.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND 1
            = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days,
            NEW.created_at / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND 1
            = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS
            days, coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 86400000 AS
            day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM
            lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            NEW.status = 'CANCELLED') UNION ALL SELECT NEW.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(r.cancelled_at,
            NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(r.variant_id AS
            TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number
            = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED') UNION ALL
            SELECT NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS
            day, NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r
            WHERE r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS
            day, NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r
            WHERE r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1'
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN
            '2' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000
            THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            86400000 THEN '4' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32
            AS day, CASE WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            900000 THEN '0' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            3600000 THEN '1' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 14400000 THEN '2' WHEN coalesce(r.first_answered_at, r.answered_at) -
            r.created_at < 43200000 THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at)
            - r.created_at < 86400000 THEN '4' WHEN coalesce(r.first_answered_at,
            r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS
            n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE')
            UNION ALL SELECT OLD.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days,
            OLD.created_at / 86400000 AS day, '' AS subject, -1 AS n, -(0) AS total WHERE 1 =
            1 UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days,
            OLD.created_at / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS
            n, -(0) AS total WHERE OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS
            shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS
            day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE
            OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CANCELLED' AS
            kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, ''
            AS subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT
            OLD.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day,
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE
            OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 32 AS days, coalesce(OLD.cancelled_at, OLD.created_at)
            / 2764800000 * 32 AS day, coalesce(OLD.cancel_reason, '') AS subject, -1 AS n,
            -(0) AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS
            shop_id, 'PLACED_CANCELLED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            coalesce(OLD.cancelled_by, '') || ':' || coalesce(OLD.cancel_reason, '') AS
            subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT
            OLD.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 32 AS days, OLD.created_at /
            2764800000 * 32 AS day, coalesce(OLD.cancelled_by, '') || ':' ||
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE
            OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at)
            / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total
            WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS NOT NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' AND OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines
            r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT OLD.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS
            day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM
            lines r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT OLD.shop_id
            AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at,
            OLD.cancelled_at, OLD.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS
            subject, -r.quantity AS n, -(0) AS total FROM lines r WHERE r.order_number =
            NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED') UNION ALL
            SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS
            day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM
            lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            OLD.status = 'CANCELLED') UNION ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS
            kind, 1 AS days, r.at / 86400000 AS day, OLD.currency AS subject, -1 AS n,
            -(r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND
            r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS kind,
            32 AS days, r.at / 2764800000 * 32 AS day, OLD.currency AS subject, -1 AS n,
            -(r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND
            r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind,
            1 AS days, coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0'
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN
            '1' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000
            THEN '2' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            43200000 THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 86400000 THEN '4' WHEN coalesce(r.first_answered_at, r.answered_at) -
            r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32
            AS day, CASE WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            900000 THEN '0' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            3600000 THEN '1' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 14400000 THEN '2' WHEN coalesce(r.first_answered_at, r.answered_at) -
            r.created_at < 43200000 THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at)
            - r.created_at < 86400000 THEN '4' WHEN coalesce(r.first_answered_at,
            r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS
            n, -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, -1 AS n, -(0)
            AS total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE'))
            AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE
            SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER request_counted AFTER INSERT ON requests FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'ANSWERED'
            AS kind, 1 AS days, coalesce(NEW.first_answered_at, NEW.answered_at) / 86400000 AS
            day, CASE WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            900000 THEN '0' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 3600000 THEN '1' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 14400000 THEN '2' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 43200000 THEN
            '3' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            86400000 THEN '4' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total FROM
            orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(NEW.first_answered_at, NEW.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 900000 THEN '0' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 3600000 THEN '1' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 14400000 THEN
            '2' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            43200000 THEN '3' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 86400000 THEN '4' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1
            AS n, (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total
            FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0)
            AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by =
            'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED',
            'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0
            OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE
            SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER request_recounted AFTER UPDATE OF status, answered_at, answered_by,
            first_answered_at ON requests FOR EACH ROW BEGIN INSERT INTO tallies (shop_id,
            kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 1 AS days, coalesce(NEW.first_answered_at, NEW.answered_at) / 86400000 AS
            day, CASE WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            900000 THEN '0' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 3600000 THEN '1' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 14400000 THEN '2' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 43200000 THEN
            '3' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            86400000 THEN '4' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total FROM
            orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(NEW.first_answered_at, NEW.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 900000 THEN '0' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 3600000 THEN '1' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 14400000 THEN
            '2' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            43200000 THEN '3' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 86400000 THEN '4' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1
            AS n, (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total
            FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0)
            AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by =
            'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED',
            'COMPLETE') UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(OLD.first_answered_at, OLD.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 900000 THEN
            '0' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            3600000 THEN '1' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 14400000 THEN '2' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 43200000 THEN '3' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 86400000 THEN
            '4' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS total FROM
            orders o WHERE o.number = OLD.order_number AND OLD.answered_by = 'SELLER' AND
            OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(OLD.first_answered_at, OLD.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 900000 THEN '0' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 3600000 THEN '1' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 14400000 THEN
            '2' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            43200000 THEN '3' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 86400000 THEN '4' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1
            AS n, -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS
            total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
            'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, '' AS
            subject, -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN
            ('APPROVED', 'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject
            HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day,
            subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; END""",
        """CREATE TRIGGER request_uncounted AFTER DELETE ON requests FOR EACH ROW BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
            days, day, subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'ANSWERED' AS kind, 1 AS days, coalesce(OLD.first_answered_at, OLD.answered_at) /
            86400000 AS day, CASE WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 900000 THEN '0' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 3600000 THEN '1' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 14400000 THEN
            '2' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            43200000 THEN '3' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 86400000 THEN '4' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1
            AS n, -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS
            total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
            'ANSWERED' AS kind, 32 AS days, coalesce(OLD.first_answered_at, OLD.answered_at) /
            2764800000 * 32 AS day, CASE WHEN coalesce(OLD.first_answered_at, OLD.answered_at)
            - OLD.created_at < 900000 THEN '0' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 3600000 THEN '1' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 14400000 THEN
            '2' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            43200000 THEN '3' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 86400000 THEN '4' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1
            AS n, -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS
            total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
            'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, '' AS
            subject, -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN
            ('APPROVED', 'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject
            HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day,
            subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; END""",
    ),
    "postgresql": (
        """CREATE FUNCTION order_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
            days, day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT
            NEW.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS
            day, '' AS subject, 1 AS n, (0) AS total WHERE 1 = 1 UNION ALL SELECT NEW.shop_id
            AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id
            IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32
            AS days, NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at)
            / 86400000 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at, NEW.created_at)
            / 2764800000 * 32 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0)
            AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at /
            2764800000 * 32 AS day, coalesce(NEW.cancelled_by, '') || ':' ||
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status
            = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS
            kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject,
            1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT
            NULL) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE
            SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; RETURN
            NULL; END $$""",
        """CREATE TRIGGER order_counted AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION
            order_counted()""",
        """CREATE FUNCTION order_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
            days, day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT
            NEW.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS
            day, '' AS subject, 1 AS n, (0) AS total WHERE 1 = 1 UNION ALL SELECT NEW.shop_id
            AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id
            IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32
            AS days, NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at)
            / 86400000 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at, NEW.created_at)
            / 2764800000 * 32 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0)
            AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at /
            2764800000 * 32 AS day, coalesce(NEW.cancelled_by, '') || ':' ||
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status
            = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS
            kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject,
            1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            NEW.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND 1
            = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days,
            NEW.created_at / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND 1
            = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS
            days, coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 86400000 AS
            day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM
            lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            NEW.status = 'CANCELLED') UNION ALL SELECT NEW.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(r.cancelled_at,
            NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(r.variant_id AS
            TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number
            = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED') UNION ALL
            SELECT NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS
            day, NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r
            WHERE r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS
            day, NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r
            WHERE r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1'
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN
            '2' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000
            THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            86400000 THEN '4' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32
            AS day, CASE WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            900000 THEN '0' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            3600000 THEN '1' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 14400000 THEN '2' WHEN coalesce(r.first_answered_at, r.answered_at) -
            r.created_at < 43200000 THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at)
            - r.created_at < 86400000 THEN '4' WHEN coalesce(r.first_answered_at,
            r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS
            n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE')
            UNION ALL SELECT OLD.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days,
            OLD.created_at / 86400000 AS day, '' AS subject, -1 AS n, -(0) AS total WHERE 1 =
            1 UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days,
            OLD.created_at / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS
            n, -(0) AS total WHERE OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS
            shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS
            day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE
            OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CANCELLED' AS
            kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, ''
            AS subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT
            OLD.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day,
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE
            OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 32 AS days, coalesce(OLD.cancelled_at, OLD.created_at)
            / 2764800000 * 32 AS day, coalesce(OLD.cancel_reason, '') AS subject, -1 AS n,
            -(0) AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS
            shop_id, 'PLACED_CANCELLED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            coalesce(OLD.cancelled_by, '') || ':' || coalesce(OLD.cancel_reason, '') AS
            subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT
            OLD.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 32 AS days, OLD.created_at /
            2764800000 * 32 AS day, coalesce(OLD.cancelled_by, '') || ':' ||
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE
            OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at)
            / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total
            WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS NOT NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' AND OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines
            r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT OLD.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS
            day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM
            lines r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT OLD.shop_id
            AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at,
            OLD.cancelled_at, OLD.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS
            subject, -r.quantity AS n, -(0) AS total FROM lines r WHERE r.order_number =
            NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED') UNION ALL
            SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS
            day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM
            lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            OLD.status = 'CANCELLED') UNION ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS
            kind, 1 AS days, r.at / 86400000 AS day, OLD.currency AS subject, -1 AS n,
            -(r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND
            r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS kind,
            32 AS days, r.at / 2764800000 * 32 AS day, OLD.currency AS subject, -1 AS n,
            -(r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND
            r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind,
            1 AS days, coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0'
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN
            '1' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000
            THEN '2' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            43200000 THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 86400000 THEN '4' WHEN coalesce(r.first_answered_at, r.answered_at) -
            r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32
            AS day, CASE WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            900000 THEN '0' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at <
            3600000 THEN '1' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at
            < 14400000 THEN '2' WHEN coalesce(r.first_answered_at, r.answered_at) -
            r.created_at < 43200000 THEN '3' WHEN coalesce(r.first_answered_at, r.answered_at)
            - r.created_at < 86400000 THEN '4' WHEN coalesce(r.first_answered_at,
            r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS
            n, -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, -1 AS n, -(0)
            AS total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE'))
            AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE
            SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; RETURN
            NULL; END $$""",
        """CREATE TRIGGER order_recounted AFTER UPDATE OF shop_id, currency, created_at, creator_id,
            status, cancelled_at, cancel_reason, cancelled_by ON orders FOR EACH ROW WHEN
            (OLD.shop_id <> NEW.shop_id OR OLD.currency <> NEW.currency OR OLD.created_at <>
            NEW.created_at OR coalesce(OLD.creator_id, 0) <> coalesce(NEW.creator_id, 0) OR
            (OLD.status = 'CANCELLED') <> (NEW.status = 'CANCELLED') OR
            coalesce(OLD.cancelled_at, 0) <> coalesce(NEW.cancelled_at, 0) OR
            coalesce(OLD.cancel_reason, '') <> coalesce(NEW.cancel_reason, '') OR
            coalesce(OLD.cancelled_by, '') <> coalesce(NEW.cancelled_by, '')) EXECUTE FUNCTION
            order_recounted()""",
        """CREATE FUNCTION request_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
            days, day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT
            o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(NEW.first_answered_at, NEW.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 900000 THEN
            '0' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            3600000 THEN '1' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 14400000 THEN '2' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 43200000 THEN '3' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 86400000 THEN
            '4' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total FROM
            orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(NEW.first_answered_at, NEW.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 900000 THEN '0' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 3600000 THEN '1' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 14400000 THEN
            '2' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            43200000 THEN '3' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 86400000 THEN '4' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1
            AS n, (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total
            FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0)
            AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by =
            'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED',
            'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0
            OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE
            SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; RETURN
            NULL; END $$""",
        """CREATE TRIGGER request_counted AFTER INSERT ON requests FOR EACH ROW EXECUTE FUNCTION
            request_counted()""",
        """CREATE FUNCTION request_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
            days, day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT
            o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(NEW.first_answered_at, NEW.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 900000 THEN
            '0' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            3600000 THEN '1' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 14400000 THEN '2' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 43200000 THEN '3' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 86400000 THEN
            '4' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total FROM
            orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(NEW.first_answered_at, NEW.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 900000 THEN '0' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 3600000 THEN '1' WHEN
            coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at < 14400000 THEN
            '2' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at <
            43200000 THEN '3' WHEN coalesce(NEW.first_answered_at, NEW.answered_at) -
            NEW.created_at < 86400000 THEN '4' WHEN coalesce(NEW.first_answered_at,
            NEW.answered_at) - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1
            AS n, (coalesce(NEW.first_answered_at, NEW.answered_at) - NEW.created_at) AS total
            FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND
            NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'AUTO_APPROVED'
            AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0)
            AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by =
            'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED',
            'COMPLETE') UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(OLD.first_answered_at, OLD.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 900000 THEN
            '0' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            3600000 THEN '1' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 14400000 THEN '2' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 43200000 THEN '3' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 86400000 THEN
            '4' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS total FROM
            orders o WHERE o.number = OLD.order_number AND OLD.answered_by = 'SELLER' AND
            OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(OLD.first_answered_at, OLD.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 900000 THEN '0' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 3600000 THEN '1' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 14400000 THEN
            '2' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            43200000 THEN '3' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 86400000 THEN '4' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1
            AS n, -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS
            total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
            'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, '' AS
            subject, -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN
            ('APPROVED', 'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject
            HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day,
            subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER request_recounted AFTER UPDATE OF status, answered_at, answered_by,
            first_answered_at ON requests FOR EACH ROW EXECUTE FUNCTION request_recounted()""",
        """CREATE FUNCTION request_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
            days, day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT
            o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            coalesce(OLD.first_answered_at, OLD.answered_at) / 86400000 AS day, CASE WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 900000 THEN
            '0' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            3600000 THEN '1' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 14400000 THEN '2' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 43200000 THEN '3' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 86400000 THEN
            '4' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS total FROM
            orders o WHERE o.number = OLD.order_number AND OLD.answered_by = 'SELLER' AND
            OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, coalesce(OLD.first_answered_at, OLD.answered_at) / 2764800000 *
            32 AS day, CASE WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 900000 THEN '0' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 3600000 THEN '1' WHEN
            coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at < 14400000 THEN
            '2' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at <
            43200000 THEN '3' WHEN coalesce(OLD.first_answered_at, OLD.answered_at) -
            OLD.created_at < 86400000 THEN '4' WHEN coalesce(OLD.first_answered_at,
            OLD.answered_at) - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1
            AS n, -(coalesce(OLD.first_answered_at, OLD.answered_at) - OLD.created_at) AS
            total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
            'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, '' AS
            subject, -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN
            ('APPROVED', 'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject
            HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day,
            subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER request_uncounted AFTER DELETE ON requests FOR EACH ROW EXECUTE FUNCTION
            request_uncounted()""",
    ),
}

_FIRST_ANSWERS = """UPDATE requests SET first_answered_at = (SELECT min(e.at) FROM events e
    WHERE e.order_number = requests.order_number AND e.action = 'offer_change'
    AND e.at >= requests.created_at)
    WHERE EXISTS (SELECT 1 FROM events e WHERE e.order_number = requests.order_number
    AND e.action = 'refuse_offer' AND e.at >= requests.created_at
    AND NOT EXISTS (SELECT 1 FROM requests q WHERE q.order_number = requests.order_number
    AND q.id > requests.id AND q.created_at <= e.at))"""
_COUNT = """INSERT INTO tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind,
    days, day, subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'PLACED' AS
    kind, 1 AS days, o.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total FROM
    orders o WHERE 1 = 1 UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS
    days, o.created_at / 86400000 AS day, CAST(o.creator_id AS TEXT) AS subject, 1 AS n, (0)
    AS total FROM orders o WHERE o.creator_id IS NOT NULL UNION ALL SELECT o.shop_id AS
    shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
    CAST(o.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total FROM orders o WHERE
    o.creator_id IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS
    days, coalesce(o.cancelled_at, o.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0)
    AS total FROM orders o WHERE o.status = 'CANCELLED' UNION ALL SELECT o.shop_id AS shop_id,
    'REASON_CANCELLED' AS kind, 1 AS days, coalesce(o.cancelled_at, o.created_at) / 86400000
    AS day, coalesce(o.cancel_reason, '') AS subject, 1 AS n, (0) AS total FROM orders o WHERE
    o.status = 'CANCELLED' UNION ALL SELECT o.shop_id AS shop_id, 'REASON_CANCELLED' AS kind,
    32 AS days, coalesce(o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
    coalesce(o.cancel_reason, '') AS subject, 1 AS n, (0) AS total FROM orders o WHERE
    o.status = 'CANCELLED' UNION ALL SELECT o.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind,
    1 AS days, o.created_at / 86400000 AS day, coalesce(o.cancelled_by, '') || ':' ||
    coalesce(o.cancel_reason, '') AS subject, 1 AS n, (0) AS total FROM orders o WHERE
    o.status = 'CANCELLED' UNION ALL SELECT o.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind,
    32 AS days, o.created_at / 2764800000 * 32 AS day, coalesce(o.cancelled_by, '') || ':' ||
    coalesce(o.cancel_reason, '') AS subject, 1 AS n, (0) AS total FROM orders o WHERE
    o.status = 'CANCELLED' UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind,
    1 AS days, coalesce(o.cancelled_at, o.created_at) / 86400000 AS day, CAST(o.creator_id AS
    TEXT) AS subject, 1 AS n, (0) AS total FROM orders o WHERE o.status = 'CANCELLED' AND
    o.creator_id IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_CANCELLED' AS
    kind, 32 AS days, coalesce(o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
    CAST(o.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total FROM orders o WHERE o.status =
    'CANCELLED' AND o.creator_id IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
    'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day, CAST(r.variant_id AS
    TEXT) AS subject, r.quantity AS n, (0) AS total FROM orders o JOIN lines r ON
    r.order_number = o.number WHERE 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
    'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
    CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM orders o JOIN
    lines r ON r.order_number = o.number WHERE 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
    'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at, o.cancelled_at,
    o.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n,
    (0) AS total FROM orders o JOIN lines r ON r.order_number = o.number WHERE (r.status =
    'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS shop_id,
    'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(r.cancelled_at, o.cancelled_at,
    o.created_at) / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity
    AS n, (0) AS total FROM orders o JOIN lines r ON r.order_number = o.number WHERE (r.status
    = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED'
    AS kind, 1 AS days, r.at / 86400000 AS day, o.currency AS subject, 1 AS n,
    (r.amount_minor) AS total FROM orders o JOIN refunds r ON r.order_number = o.number WHERE
    r.state <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS
    days, r.at / 2764800000 * 32 AS day, o.currency AS subject, 1 AS n, (r.amount_minor) AS
    total FROM orders o JOIN refunds r ON r.order_number = o.number WHERE r.state <>
    'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
    coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
    END AS subject, 1 AS n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
    total FROM orders o JOIN requests r ON r.order_number = o.number WHERE r.answered_by =
    'SELLER' AND r.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED'
    AS kind, 32 AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32 AS
    day, CASE WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN
    '0' WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1'
    WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
    coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
    END AS subject, 1 AS n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
    total FROM orders o JOIN requests r ON r.order_number = o.number WHERE r.answered_by =
    'SELLER' AND r.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id,
    'AUTO_APPROVED' AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1 AS
    n, (0) AS total FROM orders o JOIN requests r ON r.order_number = o.number WHERE
    r.answered_by = 'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED',
    'COMPLETE')) AS counted WHERE kind IN ('PLACED_CANCELLED', 'ANSWERED') GROUP BY shop_id,
    kind, days, day, subject"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.add_column("requests", sa.Column("first_answered_at", sa.BigInteger(), nullable=True))
    waiting = sa.text("message_n IS NULL")
    op.create_index("photos_unsent", "photos", ["at"], sqlite_where=waiting, postgresql_where=waiting)
    for name, table in COUNTED.items():
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.execute("DELETE FROM tallies WHERE kind = 'ANSWERED'")
    for statement in (_FIRST_ANSWERS, _COUNT, *TRIGGERS[dialect]):
        op.execute(statement)
