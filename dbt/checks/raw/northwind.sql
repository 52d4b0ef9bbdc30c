-- What the follower leaves behind for the tables that models read: the types of the loader's mapping.

CREATE DATABASE raw_northwind;
CREATE DATABASE analytics_northwind;

CREATE TABLE raw_northwind.categories
(
    category_id Int16,
    category_name String,
    description Nullable(String),
    picture Nullable(String)
)
ENGINE = MergeTree ORDER BY category_id;

CREATE TABLE raw_northwind.suppliers
(
    supplier_id Int16,
    company_name String,
    country Nullable(String)
)
ENGINE = MergeTree ORDER BY supplier_id;

CREATE TABLE raw_northwind.shippers
(
    shipper_id Int16,
    company_name String,
    phone Nullable(String)
)
ENGINE = MergeTree ORDER BY shipper_id;

CREATE TABLE raw_northwind.customers
(
    customer_id String,
    company_name String,
    city Nullable(String),
    country Nullable(String)
)
ENGINE = MergeTree ORDER BY customer_id;

CREATE TABLE raw_northwind.employees
(
    employee_id Int16,
    last_name String,
    first_name String,
    title Nullable(String),
    reports_to Nullable(Int16)
)
ENGINE = MergeTree ORDER BY employee_id;

CREATE TABLE raw_northwind.products
(
    product_id Int16,
    product_name String,
    supplier_id Nullable(Int16),
    category_id Nullable(Int16),
    quantity_per_unit Nullable(String),
    unit_price Nullable(Float32),
    units_in_stock Nullable(Int16),
    units_on_order Nullable(Int16),
    reorder_level Nullable(Int16),
    discontinued Int32
)
ENGINE = MergeTree ORDER BY product_id;

CREATE TABLE raw_northwind.orders
(
    order_id Int16,
    customer_id Nullable(String),
    employee_id Nullable(Int16),
    order_date Nullable(Date32),
    required_date Nullable(Date32),
    shipped_date Nullable(Date32),
    ship_via Nullable(Int16),
    freight Nullable(Float32),
    ship_country Nullable(String)
)
ENGINE = MergeTree ORDER BY order_id;

CREATE TABLE raw_northwind.order_details
(
    order_id Int16,
    product_id Int16,
    unit_price Float32,
    quantity Int16,
    discount Float32
)
ENGINE = MergeTree ORDER BY (order_id, product_id);
