"""What is counted of orders, day by day, and when a line was cancelled."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER order_counted AFTER INSERT ON orders FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT NEW.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days,
            NEW.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE 1 = 1 UNION ALL
            SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000
            AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS
            NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days,
            NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0)
            AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CANCELLED'
            AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, '' AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS
            shop_id, 'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) /
            86400000 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind,
            32 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS
            TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS
            NOT NULL) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total)
            <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n +
            excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER order_recounted AFTER UPDATE OF shop_id, currency, created_at, creator_id,
            status, cancelled_at, cancel_reason ON orders FOR EACH ROW WHEN (OLD.shop_id <> NEW.shop_id OR
            OLD.currency <> NEW.currency OR OLD.created_at <> NEW.created_at OR coalesce(OLD.creator_id,
            0) <> coalesce(NEW.creator_id, 0) OR (OLD.status = 'CANCELLED') <> (NEW.status = 'CANCELLED')
            OR coalesce(OLD.cancelled_at, 0) <> coalesce(NEW.cancelled_at, 0) OR
            coalesce(OLD.cancel_reason, '') <> coalesce(NEW.cancel_reason, '')) BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT NEW.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days,
            NEW.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total WHERE 1 = 1 UNION ALL
            SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, NEW.created_at / 86400000
            AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS
            NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days,
            NEW.created_at / 2764800000 * 32 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0)
            AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'CANCELLED'
            AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, '' AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS
            shop_id, 'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) /
            86400000 AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE
            NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind,
            32 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS
            TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS
            NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            NEW.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0)
            AS total FROM lines r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT NEW.shop_id
            AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT NEW.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at, NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0)
            AS total FROM lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            NEW.status = 'CANCELLED') UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS
            kind, 32 AS days, coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 2764800000 * 32
            AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r
            WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED')
            UNION ALL SELECT NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS
            day, NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, NEW.currency AS subject, 1 AS
            n, (r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND r.state <>
            'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            r.answered_at / 86400000 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN
            r.answered_at - r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000
            THEN '2' WHEN r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at -
            r.created_at < 86400000 THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE
            '6' END AS subject, 1 AS n, (r.answered_at - r.created_at) AS total FROM requests r WHERE
            r.order_number = NEW.number AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION
            ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 32 AS days, r.answered_at / 2764800000
            * 32 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN r.answered_at -
            r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000 THEN '2' WHEN
            r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at - r.created_at < 86400000
            THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS
            n, (r.answered_at - r.created_at) AS total FROM requests r WHERE r.order_number = NEW.number
            AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1
            AS n, (0) AS total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE') UNION ALL
            SELECT OLD.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            '' AS subject, -1 AS n, -(0) AS total WHERE 1 = 1 UNION ALL SELECT OLD.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day, CAST(OLD.creator_id AS
            TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.creator_id IS NOT NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32
            AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.creator_id
            IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, '' AS subject, -1 AS n, -(0) AS
            total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at) / 86400000
            AS day, coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS
            subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS NOT NULL
            UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day, CAST(OLD.creator_id AS
            TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS
            NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            OLD.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n,
            -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT
            OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32
            AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r
            WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT OLD.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at, OLD.cancelled_at,
            OLD.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n,
            -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            OLD.status = 'CANCELLED') UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS
            kind, 32 AS days, coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 2764800000 * 32
            AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r
            WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED')
            UNION ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS
            day, OLD.currency AS subject, -1 AS n, -(r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, OLD.currency AS subject, -1 AS
            n, -(r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND r.state <>
            'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            r.answered_at / 86400000 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN
            r.answered_at - r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000
            THEN '2' WHEN r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at -
            r.created_at < 86400000 THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE
            '6' END AS subject, -1 AS n, -(r.answered_at - r.created_at) AS total FROM requests r WHERE
            r.order_number = NEW.number AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION
            ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind, 32 AS days, r.answered_at / 2764800000
            * 32 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN r.answered_at -
            r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000 THEN '2' WHEN
            r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at - r.created_at < 86400000
            THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS
            n, -(r.answered_at - r.created_at) AS total FROM requests r WHERE r.order_number = NEW.number
            AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject,
            -1 AS n, -(0) AS total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE')) AS told GROUP
            BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
        """CREATE TRIGGER line_counted AFTER INSERT ON lines FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            o.created_at / 86400000 AS day, CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n,
            (0) AS total FROM orders o WHERE o.number = NEW.order_number AND 1 = 1 UNION ALL SELECT
            o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS
            day, CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o
            WHERE o.number = NEW.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, o.cancelled_at,
            o.created_at) / 86400000 AS day, CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n,
            (0) AS total FROM orders o WHERE o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR
            o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32
            AS days, coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
        """CREATE TRIGGER line_recounted AFTER UPDATE OF variant_id, quantity, status, cancelled_at ON
            lines FOR EACH ROW BEGIN INSERT INTO tallies (shop_id, kind, days, day, subject, part, n,
            total) SELECT shop_id, kind, days, day, subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id
            AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED'
            AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS
            subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND 1
            = 1 UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL
            SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL
            SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS
            day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
            'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, o.cancelled_at,
            o.created_at) / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n,
            -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR
            o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32
            AS days, coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
        """CREATE TRIGGER line_uncounted AFTER DELETE ON lines FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            o.created_at / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n,
            -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND 1 = 1 UNION ALL SELECT
            o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS
            day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, o.cancelled_at,
            o.created_at) / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n,
            -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR
            o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32
            AS days, coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
        """CREATE TRIGGER refund_counted AFTER INSERT ON refunds FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, NEW.at
            / 86400000 AS day, o.currency AS subject, 1 AS n, (NEW.amount_minor) AS total FROM orders o
            WHERE o.number = NEW.order_number AND NEW.state <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS
            shop_id, 'REFUNDED' AS kind, 32 AS days, NEW.at / 2764800000 * 32 AS day, o.currency AS
            subject, 1 AS n, (NEW.amount_minor) AS total FROM orders o WHERE o.number = NEW.order_number
            AND NEW.state <> 'GIVEN_UP') AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n)
            <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n
            = tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER refund_recounted AFTER UPDATE OF state, amount_minor ON refunds FOR EACH ROW
            BEGIN INSERT INTO tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id,
            kind, days, day, subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'REFUNDED'
            AS kind, 1 AS days, NEW.at / 86400000 AS day, o.currency AS subject, 1 AS n,
            (NEW.amount_minor) AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.state <>
            'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, NEW.at /
            2764800000 * 32 AS day, o.currency AS subject, 1 AS n, (NEW.amount_minor) AS total FROM orders
            o WHERE o.number = NEW.order_number AND NEW.state <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS
            shop_id, 'REFUNDED' AS kind, 1 AS days, OLD.at / 86400000 AS day, o.currency AS subject, -1 AS
            n, -(OLD.amount_minor) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.state
            <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, OLD.at /
            2764800000 * 32 AS day, o.currency AS subject, -1 AS n, -(OLD.amount_minor) AS total FROM
            orders o WHERE o.number = OLD.order_number AND OLD.state <> 'GIVEN_UP') AS told GROUP BY
            shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id,
            kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
        """CREATE TRIGGER refund_uncounted AFTER DELETE ON refunds FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, OLD.at
            / 86400000 AS day, o.currency AS subject, -1 AS n, -(OLD.amount_minor) AS total FROM orders o
            WHERE o.number = OLD.order_number AND OLD.state <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS
            shop_id, 'REFUNDED' AS kind, 32 AS days, OLD.at / 2764800000 * 32 AS day, o.currency AS
            subject, -1 AS n, -(OLD.amount_minor) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.state <> 'GIVEN_UP') AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n)
            <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n
            = tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER request_counted AFTER INSERT ON requests FOR EACH ROW BEGIN INSERT INTO tallies
            (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day, subject,
            0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            NEW.answered_at / 86400000 AS day, CASE WHEN NEW.answered_at - NEW.created_at < 900000 THEN
            '0' WHEN NEW.answered_at - NEW.created_at < 3600000 THEN '1' WHEN NEW.answered_at -
            NEW.created_at < 14400000 THEN '2' WHEN NEW.answered_at - NEW.created_at < 43200000 THEN '3'
            WHEN NEW.answered_at - NEW.created_at < 86400000 THEN '4' WHEN NEW.answered_at -
            NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n, (NEW.answered_at -
            NEW.created_at) AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by =
            'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, NEW.answered_at / 2764800000 * 32 AS day, CASE WHEN NEW.answered_at -
            NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at - NEW.created_at < 3600000 THEN '1' WHEN
            NEW.answered_at - NEW.created_at < 14400000 THEN '2' WHEN NEW.answered_at - NEW.created_at <
            43200000 THEN '3' WHEN NEW.answered_at - NEW.created_at < 86400000 THEN '4' WHEN
            NEW.answered_at - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (NEW.answered_at - NEW.created_at) AS total FROM orders o WHERE o.number = NEW.order_number
            AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, '' AS subject,
            1 AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.answered_by =
            'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED', 'COMPLETE')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
        """CREATE TRIGGER request_recounted AFTER UPDATE OF status, answered_at, answered_by ON requests
            FOR EACH ROW BEGIN INSERT INTO tallies (shop_id, kind, days, day, subject, part, n, total)
            SELECT shop_id, kind, days, day, subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS
            shop_id, 'ANSWERED' AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, CASE WHEN
            NEW.answered_at - NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at - NEW.created_at <
            3600000 THEN '1' WHEN NEW.answered_at - NEW.created_at < 14400000 THEN '2' WHEN
            NEW.answered_at - NEW.created_at < 43200000 THEN '3' WHEN NEW.answered_at - NEW.created_at <
            86400000 THEN '4' WHEN NEW.answered_at - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS
            subject, 1 AS n, (NEW.answered_at - NEW.created_at) AS total FROM orders o WHERE o.number =
            NEW.order_number AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL
            SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 32 AS days, NEW.answered_at / 2764800000 * 32
            AS day, CASE WHEN NEW.answered_at - NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at -
            NEW.created_at < 3600000 THEN '1' WHEN NEW.answered_at - NEW.created_at < 14400000 THEN '2'
            WHEN NEW.answered_at - NEW.created_at < 43200000 THEN '3' WHEN NEW.answered_at -
            NEW.created_at < 86400000 THEN '4' WHEN NEW.answered_at - NEW.created_at < 172800000 THEN '5'
            ELSE '6' END AS subject, 1 AS n, (NEW.answered_at - NEW.created_at) AS total FROM orders o
            WHERE o.number = NEW.order_number AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT
            NULL UNION ALL SELECT o.shop_id AS shop_id, 'AUTO_APPROVED' AS kind, 1 AS days,
            NEW.answered_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND NEW.answered_by = 'SYSTEM' AND NEW.answered_at IS NOT NULL AND
            NEW.status IN ('APPROVED', 'COMPLETE') UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 1 AS days, OLD.answered_at / 86400000 AS day, CASE WHEN OLD.answered_at - OLD.created_at
            < 900000 THEN '0' WHEN OLD.answered_at - OLD.created_at < 3600000 THEN '1' WHEN
            OLD.answered_at - OLD.created_at < 14400000 THEN '2' WHEN OLD.answered_at - OLD.created_at <
            43200000 THEN '3' WHEN OLD.answered_at - OLD.created_at < 86400000 THEN '4' WHEN
            OLD.answered_at - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(OLD.answered_at - OLD.created_at) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'ANSWERED' AS kind, 32 AS days, OLD.answered_at / 2764800000 * 32 AS day, CASE WHEN
            OLD.answered_at - OLD.created_at < 900000 THEN '0' WHEN OLD.answered_at - OLD.created_at <
            3600000 THEN '1' WHEN OLD.answered_at - OLD.created_at < 14400000 THEN '2' WHEN
            OLD.answered_at - OLD.created_at < 43200000 THEN '3' WHEN OLD.answered_at - OLD.created_at <
            86400000 THEN '4' WHEN OLD.answered_at - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS
            subject, -1 AS n, -(OLD.answered_at - OLD.created_at) AS total FROM orders o WHERE o.number =
            OLD.order_number AND OLD.answered_by = 'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL
            SELECT o.shop_id AS shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS
            day, '' AS subject, -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            OLD.answered_by = 'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN ('APPROVED',
            'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n =
            tallies.n + excluded.n, total = tallies.total + excluded.total; END""",
        """CREATE TRIGGER request_uncounted AFTER DELETE ON requests FOR EACH ROW BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, 0, sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS
            days, OLD.answered_at / 86400000 AS day, CASE WHEN OLD.answered_at - OLD.created_at < 900000
            THEN '0' WHEN OLD.answered_at - OLD.created_at < 3600000 THEN '1' WHEN OLD.answered_at -
            OLD.created_at < 14400000 THEN '2' WHEN OLD.answered_at - OLD.created_at < 43200000 THEN '3'
            WHEN OLD.answered_at - OLD.created_at < 86400000 THEN '4' WHEN OLD.answered_at -
            OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n, -(OLD.answered_at -
            OLD.created_at) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, OLD.answered_at / 2764800000 * 32 AS day, CASE WHEN OLD.answered_at -
            OLD.created_at < 900000 THEN '0' WHEN OLD.answered_at - OLD.created_at < 3600000 THEN '1' WHEN
            OLD.answered_at - OLD.created_at < 14400000 THEN '2' WHEN OLD.answered_at - OLD.created_at <
            43200000 THEN '3' WHEN OLD.answered_at - OLD.created_at < 86400000 THEN '4' WHEN
            OLD.answered_at - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(OLD.answered_at - OLD.created_at) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, '' AS subject,
            -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN ('APPROVED', 'COMPLETE')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; END""",
    ),
    "postgresql": (
        """CREATE FUNCTION order_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT NEW.shop_id AS shop_id,
            'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS
            total WHERE 1 = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS
            days, NEW.created_at / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0)
            AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000
            AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS
            TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS
            NOT NULL) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total)
            <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n +
            excluded.n, total = tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER order_counted AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION
            order_counted()""",
        """CREATE FUNCTION order_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT NEW.shop_id AS shop_id,
            'PLACED' AS kind, 1 AS days, NEW.created_at / 86400000 AS day, '' AS subject, 1 AS n, (0) AS
            total WHERE 1 = 1 UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS
            days, NEW.created_at / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0)
            AS total WHERE NEW.creator_id IS NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            CAST(NEW.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS
            total WHERE NEW.status = 'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(NEW.cancelled_at, NEW.created_at) / 86400000
            AS day, coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day,
            coalesce(NEW.cancel_reason, '') AS subject, 1 AS n, (0) AS total WHERE NEW.status =
            'CANCELLED' UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 86400000 AS day, CAST(NEW.creator_id AS TEXT) AS
            subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS NOT NULL
            UNION ALL SELECT NEW.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, NEW.created_at) / 2764800000 * 32 AS day, CAST(NEW.creator_id AS
            TEXT) AS subject, 1 AS n, (0) AS total WHERE NEW.status = 'CANCELLED' AND NEW.creator_id IS
            NOT NULL UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            NEW.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0)
            AS total FROM lines r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT NEW.shop_id
            AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, NEW.created_at / 2764800000 * 32 AS day,
            CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r WHERE
            r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT NEW.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at, NEW.cancelled_at,
            NEW.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0)
            AS total FROM lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            NEW.status = 'CANCELLED') UNION ALL SELECT NEW.shop_id AS shop_id, 'VARIANT_CANCELLED' AS
            kind, 32 AS days, coalesce(r.cancelled_at, NEW.cancelled_at, NEW.created_at) / 2764800000 * 32
            AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM lines r
            WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR NEW.status = 'CANCELLED')
            UNION ALL SELECT NEW.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS
            day, NEW.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS shop_id,
            'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, NEW.currency AS subject, 1 AS
            n, (r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND r.state <>
            'GIVEN_UP' UNION ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            r.answered_at / 86400000 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN
            r.answered_at - r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000
            THEN '2' WHEN r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at -
            r.created_at < 86400000 THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE
            '6' END AS subject, 1 AS n, (r.answered_at - r.created_at) AS total FROM requests r WHERE
            r.order_number = NEW.number AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION
            ALL SELECT NEW.shop_id AS shop_id, 'ANSWERED' AS kind, 32 AS days, r.answered_at / 2764800000
            * 32 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN r.answered_at -
            r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000 THEN '2' WHEN
            r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at - r.created_at < 86400000
            THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS
            n, (r.answered_at - r.created_at) AS total FROM requests r WHERE r.order_number = NEW.number
            AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION ALL SELECT NEW.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject, 1
            AS n, (0) AS total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE') UNION ALL
            SELECT OLD.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day,
            '' AS subject, -1 AS n, -(0) AS total WHERE 1 = 1 UNION ALL SELECT OLD.shop_id AS shop_id,
            'CREATOR_PLACED' AS kind, 1 AS days, OLD.created_at / 86400000 AS day, CAST(OLD.creator_id AS
            TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.creator_id IS NOT NULL UNION ALL SELECT
            OLD.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32
            AS day, CAST(OLD.creator_id AS TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.creator_id
            IS NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, '' AS subject, -1 AS n, -(0) AS
            total WHERE OLD.status = 'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REASON_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, OLD.created_at) / 86400000
            AS day, coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day,
            coalesce(OLD.cancel_reason, '') AS subject, -1 AS n, -(0) AS total WHERE OLD.status =
            'CANCELLED' UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 86400000 AS day, CAST(OLD.creator_id AS TEXT) AS
            subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS NOT NULL
            UNION ALL SELECT OLD.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, OLD.created_at) / 2764800000 * 32 AS day, CAST(OLD.creator_id AS
            TEXT) AS subject, -1 AS n, -(0) AS total WHERE OLD.status = 'CANCELLED' AND OLD.creator_id IS
            NOT NULL UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days,
            OLD.created_at / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n,
            -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT
            OLD.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, OLD.created_at / 2764800000 * 32
            AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r
            WHERE r.order_number = NEW.number AND 1 = 1 UNION ALL SELECT OLD.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(r.cancelled_at, OLD.cancelled_at,
            OLD.created_at) / 86400000 AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n,
            -(0) AS total FROM lines r WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR
            OLD.status = 'CANCELLED') UNION ALL SELECT OLD.shop_id AS shop_id, 'VARIANT_CANCELLED' AS
            kind, 32 AS days, coalesce(r.cancelled_at, OLD.cancelled_at, OLD.created_at) / 2764800000 * 32
            AS day, CAST(r.variant_id AS TEXT) AS subject, -r.quantity AS n, -(0) AS total FROM lines r
            WHERE r.order_number = NEW.number AND (r.status = 'CANCELLED' OR OLD.status = 'CANCELLED')
            UNION ALL SELECT OLD.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS
            day, OLD.currency AS subject, -1 AS n, -(r.amount_minor) AS total FROM refunds r WHERE
            r.order_number = NEW.number AND r.state <> 'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id,
            'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day, OLD.currency AS subject, -1 AS
            n, -(r.amount_minor) AS total FROM refunds r WHERE r.order_number = NEW.number AND r.state <>
            'GIVEN_UP' UNION ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            r.answered_at / 86400000 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN
            r.answered_at - r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000
            THEN '2' WHEN r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at -
            r.created_at < 86400000 THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE
            '6' END AS subject, -1 AS n, -(r.answered_at - r.created_at) AS total FROM requests r WHERE
            r.order_number = NEW.number AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION
            ALL SELECT OLD.shop_id AS shop_id, 'ANSWERED' AS kind, 32 AS days, r.answered_at / 2764800000
            * 32 AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN r.answered_at -
            r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000 THEN '2' WHEN
            r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at - r.created_at < 86400000
            THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS
            n, -(r.answered_at - r.created_at) AS total FROM requests r WHERE r.order_number = NEW.number
            AND r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL UNION ALL SELECT OLD.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, r.answered_at / 86400000 AS day, '' AS subject,
            -1 AS n, -(0) AS total FROM requests r WHERE r.order_number = NEW.number AND r.answered_by =
            'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN ('APPROVED', 'COMPLETE')) AS told GROUP
            BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER order_recounted AFTER UPDATE OF shop_id, currency, created_at, creator_id,
            status, cancelled_at, cancel_reason ON orders FOR EACH ROW WHEN (OLD.shop_id <> NEW.shop_id OR
            OLD.currency <> NEW.currency OR OLD.created_at <> NEW.created_at OR coalesce(OLD.creator_id,
            0) <> coalesce(NEW.creator_id, 0) OR (OLD.status = 'CANCELLED') <> (NEW.status = 'CANCELLED')
            OR coalesce(OLD.cancelled_at, 0) <> coalesce(NEW.cancelled_at, 0) OR
            coalesce(OLD.cancel_reason, '') <> coalesce(NEW.cancel_reason, '')) EXECUTE FUNCTION
            order_recounted()""",
        """CREATE FUNCTION line_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day, CAST(NEW.variant_id AS
            TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number =
            NEW.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, o.created_at / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND 1 = 1
            UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL
            SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER line_counted AFTER INSERT ON lines FOR EACH ROW EXECUTE FUNCTION line_counted()""",
        """CREATE FUNCTION line_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day, CAST(NEW.variant_id AS
            TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number =
            NEW.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, o.created_at / 2764800000 * 32 AS day, CAST(NEW.variant_id AS TEXT) AS subject,
            NEW.quantity AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND 1 = 1
            UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL
            SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(NEW.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(NEW.variant_id AS TEXT) AS subject, NEW.quantity AS n, (0) AS total FROM orders o WHERE
            o.number = NEW.order_number AND (NEW.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL
            SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS
            day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o
            WHERE o.number = OLD.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
            'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id,
            'VARIANT_CANCELLED' AS kind, 1 AS days, coalesce(OLD.cancelled_at, o.cancelled_at,
            o.created_at) / 86400000 AS day, CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n,
            -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR
            o.status = 'CANCELLED') UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32
            AS days, coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER line_recounted AFTER UPDATE OF variant_id, quantity, status, cancelled_at ON
            lines FOR EACH ROW EXECUTE FUNCTION line_recounted()""",
        """CREATE FUNCTION line_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day, CAST(OLD.variant_id AS
            TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number =
            OLD.order_number AND 1 = 1 UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32
            AS days, o.created_at / 2764800000 * 32 AS day, CAST(OLD.variant_id AS TEXT) AS subject,
            -OLD.quantity AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND 1 = 1
            UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days,
            coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED') UNION ALL
            SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
            coalesce(OLD.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
            CAST(OLD.variant_id AS TEXT) AS subject, -OLD.quantity AS n, -(0) AS total FROM orders o WHERE
            o.number = OLD.order_number AND (OLD.status = 'CANCELLED' OR o.status = 'CANCELLED')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER line_uncounted AFTER DELETE ON lines FOR EACH ROW EXECUTE FUNCTION
            line_uncounted()""",
        """CREATE FUNCTION refund_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'REFUNDED' AS kind, 1 AS days, NEW.at / 86400000 AS day, o.currency AS subject, 1 AS n,
            (NEW.amount_minor) AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.state <>
            'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, NEW.at /
            2764800000 * 32 AS day, o.currency AS subject, 1 AS n, (NEW.amount_minor) AS total FROM orders
            o WHERE o.number = NEW.order_number AND NEW.state <> 'GIVEN_UP') AS told GROUP BY shop_id,
            kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind,
            days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total +
            excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER refund_counted AFTER INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION
            refund_counted()""",
        """CREATE FUNCTION refund_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'REFUNDED' AS kind, 1 AS days, NEW.at / 86400000 AS day, o.currency AS subject, 1 AS n,
            (NEW.amount_minor) AS total FROM orders o WHERE o.number = NEW.order_number AND NEW.state <>
            'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, NEW.at /
            2764800000 * 32 AS day, o.currency AS subject, 1 AS n, (NEW.amount_minor) AS total FROM orders
            o WHERE o.number = NEW.order_number AND NEW.state <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS
            shop_id, 'REFUNDED' AS kind, 1 AS days, OLD.at / 86400000 AS day, o.currency AS subject, -1 AS
            n, -(OLD.amount_minor) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.state
            <> 'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, OLD.at /
            2764800000 * 32 AS day, o.currency AS subject, -1 AS n, -(OLD.amount_minor) AS total FROM
            orders o WHERE o.number = OLD.order_number AND OLD.state <> 'GIVEN_UP') AS told GROUP BY
            shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id,
            kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER refund_recounted AFTER UPDATE OF state, amount_minor ON refunds FOR EACH ROW
            EXECUTE FUNCTION refund_recounted()""",
        """CREATE FUNCTION refund_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'REFUNDED' AS kind, 1 AS days, OLD.at / 86400000 AS day, o.currency AS subject, -1 AS n,
            -(OLD.amount_minor) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.state <>
            'GIVEN_UP' UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, OLD.at /
            2764800000 * 32 AS day, o.currency AS subject, -1 AS n, -(OLD.amount_minor) AS total FROM
            orders o WHERE o.number = OLD.order_number AND OLD.state <> 'GIVEN_UP') AS told GROUP BY
            shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id,
            kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER refund_uncounted AFTER DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION
            refund_uncounted()""",
        """CREATE FUNCTION request_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'ANSWERED' AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, CASE WHEN NEW.answered_at -
            NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at - NEW.created_at < 3600000 THEN '1' WHEN
            NEW.answered_at - NEW.created_at < 14400000 THEN '2' WHEN NEW.answered_at - NEW.created_at <
            43200000 THEN '3' WHEN NEW.answered_at - NEW.created_at < 86400000 THEN '4' WHEN
            NEW.answered_at - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (NEW.answered_at - NEW.created_at) AS total FROM orders o WHERE o.number = NEW.order_number
            AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'ANSWERED' AS kind, 32 AS days, NEW.answered_at / 2764800000 * 32 AS day, CASE WHEN
            NEW.answered_at - NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at - NEW.created_at <
            3600000 THEN '1' WHEN NEW.answered_at - NEW.created_at < 14400000 THEN '2' WHEN
            NEW.answered_at - NEW.created_at < 43200000 THEN '3' WHEN NEW.answered_at - NEW.created_at <
            86400000 THEN '4' WHEN NEW.answered_at - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS
            subject, 1 AS n, (NEW.answered_at - NEW.created_at) AS total FROM orders o WHERE o.number =
            NEW.order_number AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL
            SELECT o.shop_id AS shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, NEW.answered_at / 86400000 AS
            day, '' AS subject, 1 AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            NEW.answered_by = 'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED',
            'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n =
            tallies.n + excluded.n, total = tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER request_counted AFTER INSERT ON requests FOR EACH ROW EXECUTE FUNCTION
            request_counted()""",
        """CREATE FUNCTION request_recounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'ANSWERED' AS kind, 1 AS days, NEW.answered_at / 86400000 AS day, CASE WHEN NEW.answered_at -
            NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at - NEW.created_at < 3600000 THEN '1' WHEN
            NEW.answered_at - NEW.created_at < 14400000 THEN '2' WHEN NEW.answered_at - NEW.created_at <
            43200000 THEN '3' WHEN NEW.answered_at - NEW.created_at < 86400000 THEN '4' WHEN
            NEW.answered_at - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
            (NEW.answered_at - NEW.created_at) AS total FROM orders o WHERE o.number = NEW.order_number
            AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'ANSWERED' AS kind, 32 AS days, NEW.answered_at / 2764800000 * 32 AS day, CASE WHEN
            NEW.answered_at - NEW.created_at < 900000 THEN '0' WHEN NEW.answered_at - NEW.created_at <
            3600000 THEN '1' WHEN NEW.answered_at - NEW.created_at < 14400000 THEN '2' WHEN
            NEW.answered_at - NEW.created_at < 43200000 THEN '3' WHEN NEW.answered_at - NEW.created_at <
            86400000 THEN '4' WHEN NEW.answered_at - NEW.created_at < 172800000 THEN '5' ELSE '6' END AS
            subject, 1 AS n, (NEW.answered_at - NEW.created_at) AS total FROM orders o WHERE o.number =
            NEW.order_number AND NEW.answered_by = 'SELLER' AND NEW.answered_at IS NOT NULL UNION ALL
            SELECT o.shop_id AS shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, NEW.answered_at / 86400000 AS
            day, '' AS subject, 1 AS n, (0) AS total FROM orders o WHERE o.number = NEW.order_number AND
            NEW.answered_by = 'SYSTEM' AND NEW.answered_at IS NOT NULL AND NEW.status IN ('APPROVED',
            'COMPLETE') UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days,
            OLD.answered_at / 86400000 AS day, CASE WHEN OLD.answered_at - OLD.created_at < 900000 THEN
            '0' WHEN OLD.answered_at - OLD.created_at < 3600000 THEN '1' WHEN OLD.answered_at -
            OLD.created_at < 14400000 THEN '2' WHEN OLD.answered_at - OLD.created_at < 43200000 THEN '3'
            WHEN OLD.answered_at - OLD.created_at < 86400000 THEN '4' WHEN OLD.answered_at -
            OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n, -(OLD.answered_at -
            OLD.created_at) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS
            kind, 32 AS days, OLD.answered_at / 2764800000 * 32 AS day, CASE WHEN OLD.answered_at -
            OLD.created_at < 900000 THEN '0' WHEN OLD.answered_at - OLD.created_at < 3600000 THEN '1' WHEN
            OLD.answered_at - OLD.created_at < 14400000 THEN '2' WHEN OLD.answered_at - OLD.created_at <
            43200000 THEN '3' WHEN OLD.answered_at - OLD.created_at < 86400000 THEN '4' WHEN
            OLD.answered_at - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(OLD.answered_at - OLD.created_at) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, '' AS subject,
            -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND OLD.answered_by =
            'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN ('APPROVED', 'COMPLETE')) AS told
            GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT
            (shop_id, kind, days, day, subject, part) DO UPDATE SET n = tallies.n + excluded.n, total =
            tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER request_recounted AFTER UPDATE OF status, answered_at, answered_by ON requests
            FOR EACH ROW EXECUTE FUNCTION request_recounted()""",
        """CREATE FUNCTION request_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO
            tallies (shop_id, kind, days, day, subject, part, n, total) SELECT shop_id, kind, days, day,
            subject, mod(pg_backend_pid(), 64), sum(n), sum(total) FROM (SELECT o.shop_id AS shop_id,
            'ANSWERED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS day, CASE WHEN OLD.answered_at -
            OLD.created_at < 900000 THEN '0' WHEN OLD.answered_at - OLD.created_at < 3600000 THEN '1' WHEN
            OLD.answered_at - OLD.created_at < 14400000 THEN '2' WHEN OLD.answered_at - OLD.created_at <
            43200000 THEN '3' WHEN OLD.answered_at - OLD.created_at < 86400000 THEN '4' WHEN
            OLD.answered_at - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS subject, -1 AS n,
            -(OLD.answered_at - OLD.created_at) AS total FROM orders o WHERE o.number = OLD.order_number
            AND OLD.answered_by = 'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL SELECT o.shop_id AS
            shop_id, 'ANSWERED' AS kind, 32 AS days, OLD.answered_at / 2764800000 * 32 AS day, CASE WHEN
            OLD.answered_at - OLD.created_at < 900000 THEN '0' WHEN OLD.answered_at - OLD.created_at <
            3600000 THEN '1' WHEN OLD.answered_at - OLD.created_at < 14400000 THEN '2' WHEN
            OLD.answered_at - OLD.created_at < 43200000 THEN '3' WHEN OLD.answered_at - OLD.created_at <
            86400000 THEN '4' WHEN OLD.answered_at - OLD.created_at < 172800000 THEN '5' ELSE '6' END AS
            subject, -1 AS n, -(OLD.answered_at - OLD.created_at) AS total FROM orders o WHERE o.number =
            OLD.order_number AND OLD.answered_by = 'SELLER' AND OLD.answered_at IS NOT NULL UNION ALL
            SELECT o.shop_id AS shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, OLD.answered_at / 86400000 AS
            day, '' AS subject, -1 AS n, -(0) AS total FROM orders o WHERE o.number = OLD.order_number AND
            OLD.answered_by = 'SYSTEM' AND OLD.answered_at IS NOT NULL AND OLD.status IN ('APPROVED',
            'COMPLETE')) AS told GROUP BY shop_id, kind, days, day, subject HAVING sum(n) <> 0 OR
            sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) DO UPDATE SET n =
            tallies.n + excluded.n, total = tallies.total + excluded.total; RETURN NULL; END $$""",
        """CREATE TRIGGER request_uncounted AFTER DELETE ON requests FOR EACH ROW EXECUTE FUNCTION
            request_uncounted()""",
    ),
}
"""As `tables.tallies` had them then: what a revision does stays what it did."""

_CANCELLED_LINES = """UPDATE lines SET cancelled_at = (SELECT max(at) FROM events
    WHERE events.order_number = lines.order_number AND action = 'cancel_lines')
    WHERE status = 'CANCELLED'"""
_COUNT = """INSERT INTO tallies (shop_id, kind, days, day, subject, part, n, total)
    SELECT shop_id, kind, days, day, subject, 0, sum(n), sum(total) FROM (
    SELECT o.shop_id AS shop_id, 'PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS day, ''
        AS subject, 1 AS n, (0) AS total FROM orders o WHERE 1 = 1
    UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS
        day, CAST(o.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total FROM orders o WHERE
        o.creator_id IS NOT NULL
    UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_PLACED' AS kind, 32 AS days, o.created_at / 2764800000
        * 32 AS day, CAST(o.creator_id AS TEXT) AS subject, 1 AS n, (0) AS total FROM orders o WHERE
        o.creator_id IS NOT NULL
    UNION ALL SELECT o.shop_id AS shop_id, 'CANCELLED' AS kind, 1 AS days, coalesce(o.cancelled_at,
        o.created_at) / 86400000 AS day, '' AS subject, 1 AS n, (0) AS total FROM orders o WHERE
        o.status = 'CANCELLED'
    UNION ALL SELECT o.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 1 AS days, coalesce(o.cancelled_at,
        o.created_at) / 86400000 AS day, coalesce(o.cancel_reason, '') AS subject, 1 AS n, (0) AS
        total FROM orders o WHERE o.status = 'CANCELLED'
    UNION ALL SELECT o.shop_id AS shop_id, 'REASON_CANCELLED' AS kind, 32 AS days,
        coalesce(o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, coalesce(o.cancel_reason,
        '') AS subject, 1 AS n, (0) AS total FROM orders o WHERE o.status = 'CANCELLED'
    UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 1 AS days,
        coalesce(o.cancelled_at, o.created_at) / 86400000 AS day, CAST(o.creator_id AS TEXT) AS
        subject, 1 AS n, (0) AS total FROM orders o WHERE o.status = 'CANCELLED' AND o.creator_id IS
        NOT NULL
    UNION ALL SELECT o.shop_id AS shop_id, 'CREATOR_CANCELLED' AS kind, 32 AS days,
        coalesce(o.cancelled_at, o.created_at) / 2764800000 * 32 AS day, CAST(o.creator_id AS TEXT)
        AS subject, 1 AS n, (0) AS total FROM orders o WHERE o.status = 'CANCELLED' AND o.creator_id
        IS NOT NULL
    UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 1 AS days, o.created_at / 86400000 AS
        day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM orders o JOIN
        lines r ON r.order_number = o.number WHERE 1 = 1
    UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_PLACED' AS kind, 32 AS days, o.created_at / 2764800000
        * 32 AS day, CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM
        orders o JOIN lines r ON r.order_number = o.number WHERE 1 = 1
    UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 1 AS days,
        coalesce(r.cancelled_at, o.cancelled_at, o.created_at) / 86400000 AS day, CAST(r.variant_id
        AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM orders o JOIN lines r ON
        r.order_number = o.number WHERE (r.status = 'CANCELLED' OR o.status = 'CANCELLED')
    UNION ALL SELECT o.shop_id AS shop_id, 'VARIANT_CANCELLED' AS kind, 32 AS days,
        coalesce(r.cancelled_at, o.cancelled_at, o.created_at) / 2764800000 * 32 AS day,
        CAST(r.variant_id AS TEXT) AS subject, r.quantity AS n, (0) AS total FROM orders o JOIN
        lines r ON r.order_number = o.number WHERE (r.status = 'CANCELLED' OR o.status =
        'CANCELLED')
    UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 1 AS days, r.at / 86400000 AS day,
        o.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM orders o JOIN refunds r ON
        r.order_number = o.number WHERE r.state <> 'GIVEN_UP'
    UNION ALL SELECT o.shop_id AS shop_id, 'REFUNDED' AS kind, 32 AS days, r.at / 2764800000 * 32 AS day,
        o.currency AS subject, 1 AS n, (r.amount_minor) AS total FROM orders o JOIN refunds r ON
        r.order_number = o.number WHERE r.state <> 'GIVEN_UP'
    UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 1 AS days, r.answered_at / 86400000 AS day,
        CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN r.answered_at - r.created_at <
        3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000 THEN '2' WHEN r.answered_at -
        r.created_at < 43200000 THEN '3' WHEN r.answered_at - r.created_at < 86400000 THEN '4' WHEN
        r.answered_at - r.created_at < 172800000 THEN '5' ELSE '6' END AS subject, 1 AS n,
        (r.answered_at - r.created_at) AS total FROM orders o JOIN requests r ON r.order_number =
        o.number WHERE r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL
    UNION ALL SELECT o.shop_id AS shop_id, 'ANSWERED' AS kind, 32 AS days, r.answered_at / 2764800000 * 32
        AS day, CASE WHEN r.answered_at - r.created_at < 900000 THEN '0' WHEN r.answered_at -
        r.created_at < 3600000 THEN '1' WHEN r.answered_at - r.created_at < 14400000 THEN '2' WHEN
        r.answered_at - r.created_at < 43200000 THEN '3' WHEN r.answered_at - r.created_at <
        86400000 THEN '4' WHEN r.answered_at - r.created_at < 172800000 THEN '5' ELSE '6' END AS
        subject, 1 AS n, (r.answered_at - r.created_at) AS total FROM orders o JOIN requests r ON
        r.order_number = o.number WHERE r.answered_by = 'SELLER' AND r.answered_at IS NOT NULL
    UNION ALL SELECT o.shop_id AS shop_id, 'AUTO_APPROVED' AS kind, 1 AS days, r.answered_at / 86400000 AS
        day, '' AS subject, 1 AS n, (0) AS total FROM orders o JOIN requests r ON r.order_number =
        o.number WHERE r.answered_by = 'SYSTEM' AND r.answered_at IS NOT NULL AND r.status IN
        ('APPROVED', 'COMPLETE')
    ) AS counted GROUP BY shop_id, kind, days, day, subject"""


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("shop_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("days", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"],
            ["shops.id"],
        ),
        sa.PrimaryKeyConstraint("shop_id", "kind", "days", "day", "subject", "part"),
        sqlite_with_rowid=False,
    )
    op.add_column("lines", sa.Column("cancelled_at", sa.BigInteger(), nullable=True))
    for statement in (_CANCELLED_LINES, _COUNT, *TRIGGERS[op.get_bind().dialect.name]):
        op.execute(statement)
