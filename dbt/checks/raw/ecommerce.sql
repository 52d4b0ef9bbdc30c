-- What the loader leaves behind for the shop's tables: the types of its mapping, keys as order.

CREATE DATABASE raw;
CREATE DATABASE analytics;

CREATE TABLE raw.customers
(
    customer_id Int32,
    first_name String,
    last_name String,
    email String,
    phone Nullable(String),
    state String,
    city String,
    created_at DateTime64(6)
)
ENGINE = MergeTree ORDER BY customer_id;

CREATE TABLE raw.products
(
    product_id Int32,
    product_name String,
    category String,
    price Decimal(10, 2),
    cost Decimal(10, 2),
    created_at DateTime64(6)
)
ENGINE = MergeTree ORDER BY product_id;

CREATE TABLE raw.orders
(
    order_id Int32,
    customer_id Int32,
    order_date DateTime64(6),
    status String,
    total_amount Decimal(10, 2)
)
ENGINE = MergeTree ORDER BY order_id;

CREATE TABLE raw.order_items
(
    order_item_id Int32,
    order_id Int32,
    product_id Int32,
    quantity Int32,
    unit_price Decimal(10, 2),
    subtotal Decimal(10, 2)
)
ENGINE = MergeTree ORDER BY order_item_id;
