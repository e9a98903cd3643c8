"""Cancellations that name no order: nothing was placed with them, and nothing is counted as placed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

COUNTED = {
    "order_counted": "orders",
    "order_recounted": "orders",
    "line_counted": "lines",
    "line_recounted": "lines",
    "line_uncounted": "lines",
}
"""The triggers that count anew, and the tables they watch."""

TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER order_counted AFTER INSERT ON orders FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, 0, sum(n), sum(total) FROM (SELECT NEW.shop_id AS shop_id, 'PLACED' AS kind, 1 AS
            days, NEW.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE
            NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1
            AS days, NEW.created_at / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS
            n, (0) AS total WHERE NEW.unplaced IS NULL AND NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, NEW.created_at / 2764800000
            * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE
            NEW.unplaced IS NULL AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) /
            86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION
            ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, coalesce(NEW.cancel_reason,
            '') AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT
            NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 2764800000 * 32 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS
            n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS subject, 1 AS
            n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at /
            2764800000 * 32 AS day, coalesce(NEW.cancelled_by, '') || ':' ||
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) /
            86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n,
            (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL) AS told GROUP
            BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total
            = tallies.total + excluded.total; END""",
        """CREATE TRIGGER order_recounted AFTER UPDATE OF shop_id, currency, created_at, creator_id,
            status, cancelled_at, cancel_reason, cancelled_by ON orders FOR EACH ROW WHEN (OLD.shop_id
            <> NEW.shop_id OR OLD.currency <> NEW.currency OR OLD.created_at <> NEW.created_at OR
            coalesce(OLD.creator_id, 0) <> coalesce(NEW.creator_id, 0) OR (OLD.status = 'CANCELLED')
            <> (NEW.status = 'CANCELLED') OR coalesce(OLD.cancelled_at, 0) <>
            coalesce(NEW.cancelled_at, 0) OR coalesce(OLD.cancel_reason, '') <>
            coalesce(NEW.cancel_reason, '') OR coalesce(OLD.cancelled_by, '') <>
            coalesce(NEW.cancelled_by, '')) BEGIN INSERT INTO tallies (shop_id, kind, days, day,
            subject, part, n, total) SELECT shop_id, kind, days, day, subject, 0, sum(n), sum(total)
            FROM (SELECT NEW.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, NEW.created_at /
            86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE NEW.unplaced IS NULL UNION ALL
            SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at /
            86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE
            NEW.unplaced IS NULL AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.unplaced IS NULL
            AND NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CANCELLED' AS
            kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, '' AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id
            AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0)
            AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at, NEW.created_at) /
            2764800000 * 32 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total
            WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'PLACED_CANCELLED'
            AS kind, 1 AS days, NEW.created_at / 86400000 AS day, coalesce(NEW.cancelled_by, '') ||
            ':' || coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS subject, 1 AS
            n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id
            AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND
            NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS
            kind, 1 AS days, NEW.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, NEW.created_at / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind,
            1 AS days, coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED') UNION
            ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED') UNION
            ALL SELECT NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS day,
            NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS
            shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, NEW.currency AS
            subject, 1 AS n, (r.amount_minor) AS total FROM refunds r WHERE r.order_number =
            NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED'
            AS kind, 1 AS days, coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, 1 AS n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 32
            AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32 AS day, CASE WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, 1 AS n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'AUTO_APPROVED' AS
            kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SYSTEM' AND
            r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE') UNION ALL SELECT
            OLD.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day, ''
            AS subject, -1 AS n, -(0) AS total WHERE OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id
            AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.unplaced IS NULL
            AND OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_PLACED'
            AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS day, CAST(OLD.creator_id AS TEXT)
            AS subject, -1 AS n, -(0) AS total WHERE OLD.unplaced IS NULL AND OLD.creator_id IS NOT
            NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, '' AS subject, -1 AS n, -(0)
            AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at) /
            86400000 AS day, coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE
            OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'REASON_CANCELLED' AS
            kind, 32 AS days, coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 1 AS
            days, OLD.created_at / 86400000 AS day, coalesce(OLD.cancelled_by, '') || ':' ||
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' AND OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS day,
            coalesce(OLD.cancelled_by, '') || ':' || coalesce(OLD.cancel_reason, '') AS subject, -1 AS
            n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND OLD.unplaced IS NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at,
            OLD.created_at) / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0)
            AS total WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS NOT NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day, CAST(OLD.creator_id
            AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND
            OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS
            kind, 1 AS days, OLD.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject,
            -r.quantity AS n, -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, OLD.created_at / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject,
            -r.quantity AS n, -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind,
            1 AS days, coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 86400000 AS day,
            CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED') UNION
            ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED') UNION
            ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS day,
            OLD.currency AS subject, -1 AS n, -(r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS
            shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, OLD.currency AS
            subject, -1 AS n, -(r.amount_minor) AS total FROM refunds r WHERE r.order_number =
            NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED'
            AS kind, 1 AS days, coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, -1 AS n, -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind, 32
            AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32 AS day, CASE WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, -1 AS n, -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'AUTO_APPROVED' AS
            kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, -1 AS n, -(0) AS total
            FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SYSTEM' AND
            r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE')) AS told GROUP BY
            shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total
            = tallies.total + excluded.total; END""",
        """CREATE TRIGGER line_counted AFTER INSERT ON lines FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS
            kind, 1 AS days, o.created_at / 86400000 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            o.unplaced IS NULL UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS
            days, o.created_at / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            o.unplaced IS NULL UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1
            AS days, coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED')
            UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status =
            'CANCELLED')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n =
            tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER line_recounted AFTER UPDATE OF variant_id, quantity, status, cancelled_at
            ON lines FOR EACH ROW BEGIN INSERT INTO tallies (shop_id, kind, days, day, subject, part,
            n, total) SELECT shop_id, kind, days, day, subject, 0, sum(n), sum(total) FROM (SELECT
            o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            o.cancelled_at, o.created_at) / 86400000 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS
            subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number
            AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at,
            o.cancelled_at, o.created_at) / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject,
            -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(OLD.cancelled_at,
            o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(OLD.variant_id AS TEXT) AS
            subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told GROUP BY shop_id, kind,
            days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days,
            day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; END""",
        """CREATE TRIGGER line_uncounted AFTER DELETE ON lines FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS
            kind, 1 AS days, o.created_at / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject,
            -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            o.unplaced IS NULL UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS
            days, o.created_at / 2764800000 * 32 AS day, CAST(OLD.variant_id AS TEXT) AS subject,
            -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            o.unplaced IS NULL UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1
            AS days, coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')
            UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status =
            'CANCELLED')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n =
            tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
    ),
    "postgresql": (
        """CREATE FUNCTION order_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT NEW.shop_id AS
            shop_id, 'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, '' AS subject, 1
            AS n, (0) AS total WHERE NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, CAST(NEW.creator_id
            AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.unplaced IS NULL AND NEW.creator_id IS
            NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days,
            NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n,
            (0) AS total WHERE NEW.unplaced IS NULL AND NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS
            days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS
            days, coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 1 AS
            days, NEW.created_at / 86400000 AS day, coalesce(NEW.cancelled_by, '') || ':' ||
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS subject, 1 AS
            n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id
            AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND
            NEW.creator_id IS NOT NULL) AS told GROUP BY shop_id, kind, days, day, subject HAVING
            sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO
            UPDATE SET n = tallies.n + excluded.n, total = tallies.total + excluded.total; RETURN
            NULL; END $$""",
        """CREATE TRIGGER order_counted AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION
            order_counted()""",
        """CREATE FUNCTION order_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT NEW.shop_id AS
            shop_id, 'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, '' AS subject, 1
            AS n, (0) AS total WHERE NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, CAST(NEW.creator_id
            AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.unplaced IS NULL AND NEW.creator_id IS
            NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days,
            NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n,
            (0) AS total WHERE NEW.unplaced IS NULL AND NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS
            days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS
            days, coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 1 AS
            days, NEW.created_at / 86400000 AS day, coalesce(NEW.cancelled_by, '') || ':' ||
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            coalesce(NEW.cancelled_by, '') || ':' || coalesce(NEW.cancel_reason, '') AS subject, 1 AS
            n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.unplaced IS NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL UNION ALL SELECT
            NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id
            AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND
            NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS
            kind, 1 AS days, NEW.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, NEW.created_at / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject,
            r.quantity AS n, (0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            NEW.unplaced IS NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind,
            1 AS days, coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 86400000 AS day,
            CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED') UNION
            ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED') UNION
            ALL SELECT NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS day,
            NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS
            shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, NEW.currency AS
            subject, 1 AS n, (r.amount_minor) AS total FROM refunds r WHERE r.order_number =
            NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED'
            AS kind, 1 AS days, coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, 1 AS n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 32
            AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32 AS day, CASE WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, 1 AS n, (coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'AUTO_APPROVED' AS
            kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total FROM
            requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SYSTEM' AND
            r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE') UNION ALL SELECT
            OLD.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day, ''
            AS subject, -1 AS n, -(0) AS total WHERE OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id
            AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.unplaced IS NULL
            AND OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_PLACED'
            AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS day, CAST(OLD.creator_id AS TEXT)
            AS subject, -1 AS n, -(0) AS total WHERE OLD.unplaced IS NULL AND OLD.creator_id IS NOT
            NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, '' AS subject, -1 AS n, -(0)
            AS total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at) /
            86400000 AS day, coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE
            OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'REASON_CANCELLED' AS
            kind, 32 AS days, coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'PLACED_CANCELLED' AS kind, 1 AS
            days, OLD.created_at / 86400000 AS day, coalesce(OLD.cancelled_by, '') || ':' ||
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' AND OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id AS shop_id,
            'PLACED_CANCELLED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32 AS day,
            coalesce(OLD.cancelled_by, '') || ':' || coalesce(OLD.cancel_reason, '') AS subject, -1 AS
            n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND OLD.unplaced IS NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at,
            OLD.created_at) / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0)
            AS total WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS NOT NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day, CAST(OLD.creator_id
            AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND
            OLD.creator_id IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS
            kind, 1 AS days, OLD.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject,
            -r.quantity AS n, -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, OLD.created_at / 2764800000 * 32 AS day, CAST(r.variant_id AS TEXT) AS subject,
            -r.quantity AS n, -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND
            OLD.unplaced IS NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind,
            1 AS days, coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 86400000 AS day,
            CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED') UNION
            ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED') UNION
            ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS day,
            OLD.currency AS subject, -1 AS n, -(r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS
            shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, OLD.currency AS
            subject, -1 AS n, -(r.amount_minor) AS total FROM refunds r WHERE r.order_number =
            NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED'
            AS kind, 1 AS days, coalesce(r.first_answered_at, r.answered_at) / 86400000 AS day, CASE
            WHEN coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, -1 AS n, -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind, 32
            AS days, coalesce(r.first_answered_at, r.answered_at) / 2764800000 * 32 AS day, CASE WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 900000 THEN '0' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 3600000 THEN '1' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 14400000 THEN '2' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 43200000 THEN '3' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 86400000 THEN '4' WHEN
            coalesce(r.first_answered_at, r.answered_at) - r.created_at < 172800000 THEN '5' ELSE '6'
            END AS subject, -1 AS n, -(coalesce(r.first_answered_at, r.answered_at) - r.created_at) AS
            total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SELLER' AND
            r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'AUTO_APPROVED' AS
            kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, -1 AS n, -(0) AS total
            FROM requests r WHERE r.order_number = NEW.number AND r.answered_by = 'SYSTEM' AND
            r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE')) AS told GROUP BY
            shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total
            = tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER order_recounted AFTER UPDATE OF shop_id, currency, created_at, creator_id,
            status, cancelled_at, cancel_reason, cancelled_by ON orders FOR EACH ROW WHEN (OLD.shop_id
            <> NEW.shop_id OR OLD.currency <> NEW.currency OR OLD.created_at <> NEW.created_at OR
            coalesce(OLD.creator_id, 0) <> coalesce(NEW.creator_id, 0) OR (OLD.status = 'CANCELLED')
            <> (NEW.status = 'CANCELLED') OR coalesce(OLD.cancelled_at, 0) <>
            coalesce(NEW.cancelled_at, 0) OR coalesce(OLD.cancel_reason, '') <>
            coalesce(NEW.cancel_reason, '') OR coalesce(OLD.cancelled_by, '') <>
            coalesce(NEW.cancelled_by, '')) EXECUTE FUNCTION order_recounted()""",
        """CREATE FUNCTION line_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            o.cancelled_at, o.created_at) / 86400000 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS
            subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number
            AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told GROUP BY shop_id, kind,
            days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days,
            day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER line_counted AFTER INSERT ON lines FOR EACH ROW EXECUTE FUNCTION
            line_counted()""",
        """CREATE FUNCTION line_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at,
            o.cancelled_at, o.created_at) / 86400000 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(NEW.cancelled_at,
            o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS
            subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number
            AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at,
            o.cancelled_at, o.created_at) / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject,
            -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(OLD.cancelled_at,
            o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(OLD.variant_id AS TEXT) AS
            subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told GROUP BY shop_id, kind,
            days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days,
            day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER line_recounted AFTER UPDATE OF variant_id, quantity, status, cancelled_at
            ON lines FOR EACH ROW EXECUTE FUNCTION line_recounted()""",
        """CREATE FUNCTION line_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days,
            day, subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND o.unplaced IS NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at,
            o.cancelled_at, o.created_at) / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject,
            -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS
            shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days, coalesce(OLD.cancelled_at,
            o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(OLD.variant_id AS TEXT) AS
            subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number
            AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told GROUP BY shop_id, kind,
            days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days,
            day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER line_uncounted AFTER DELETE ON lines FOR EACH ROW EXECUTE FUNCTION
            line_uncounted()""",
    ),
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.add_column("orders", sa.Column("unplaced", sa.Boolean(), nullable=True))
    for name, table in COUNTED.items():
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    for statement in TRIGGERS[dialect]:
        op.execute(statement)
