-- What the loader leaves behind for the store's tables: the types of its mapping, keys as order.

CREATE DATABASE raw_store;
CREATE DATABASE analytics_store;

CREATE TABLE raw_store.customers
(
    customer_id Int32,
    customer_name String,
    email String,
    city String,
    country String,
    created_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY customer_id;

CREATE TABLE raw_store.products
(
    product_id Int32,
    product_name String,
    category String,
    price Decimal(10, 2),
    created_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree ORDER BY product_id;

CREATE TABLE raw_store.orders
(
    order_id Int64,
    customer_id Int32,
    ordered_at DateTime64(6, 'UTC'),
    total_amount Decimal(14, 2)
)
ENGINE = MergeTree ORDER BY order_id;

CREATE TABLE raw_store.order_items
(
    order_item_id Int64,
    order_id Int64,
    product_id Int32,
    quantity Int32,
    unit_price Decimal(10, 2),
    subtotal Decimal(14, 2)
)
ENGINE = MergeTree ORDER BY order_item_id;
