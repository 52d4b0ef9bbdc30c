"""The marts of the e-commerce pipeline against sums that PostgreSQL computes from its own tables."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from millrace_checks import clickhouse
from millrace_checks.finding import Finding
from millrace_checks.source import connect, first_row

SOURCE = """
SELECT count(*), count(DISTINCT o.order_id), count(DISTINCT o.customer_id), sum(i.quantity), sum(i.subtotal),
       sum(i.quantity * p.cost), sum(i.subtotal - i.quantity * p.cost)
FROM order_items i JOIN orders o USING (order_id) JOIN products p USING (product_id)
"""
FACT = """
SELECT count(), uniqExact(order_id), uniqExact(customer_id), sum(quantity), sum(revenue), sum(cost), sum(profit)
FROM analytics.fact_sales
"""
STATE_SOURCE = """
SELECT c.state, sum(i.subtotal) FROM order_items i JOIN orders o USING (order_id) JOIN customers c USING (customer_id)
GROUP BY c.state
"""
STATE_MART = "SELECT state, sum(total_revenue) FROM analytics.agg_sales_by_state GROUP BY state"
WORDS = ("items", "orders", "customers", "units", "revenue", "cost", "profit")


def mart_totals(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a total of fact_sales, and one for the revenue of every state."""
    with connect(settings, "POSTGRES") as connection:
        expected = first_row(connection, SOURCE)
        states: dict[str, Decimal] = dict(connection.execute(STATE_SOURCE).fetchall())
    actual = clickhouse.rows(settings, FACT)[0]
    for word, wanted, seen in zip(WORDS, expected, actual, strict=True):
        yield Finding(f"fact_sales {word}", wanted == Decimal(seen), f"{seen}, PostgreSQL {wanted}")
    mart = {state: Decimal(total) for state, total in clickhouse.rows(settings, STATE_MART)}
    wrong = sorted(state for state in states.keys() | mart.keys() if states.get(state) != mart.get(state))
    detail = f"differs for {', '.join(wrong)}" if wrong else f"revenue of {len(mart)} states as in PostgreSQL"
    yield Finding("agg_sales_by_state", not wrong, detail)
