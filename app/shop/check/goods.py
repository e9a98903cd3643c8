"""Products: each can be found."""

from app.shop.check.rule import Rule

GOODS = (
    Rule(
        "product_has_its_words",
        "no word finds {0}",
        """SELECT id, title FROM products p
            WHERE NOT EXISTS (SELECT 1 FROM product_words w WHERE w.product_id = p.id)""",
    ),
)
