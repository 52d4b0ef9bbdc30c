-- The shop's operational database: who bought what, when, and for how much.

CREATE TABLE customers (
  customer_id integer PRIMARY KEY,
  first_name varchar(50) NOT NULL,
  last_name varchar(50) NOT NULL,
  email varchar(100) NOT NULL UNIQUE,
  phone varchar(20),
  state varchar(50) NOT NULL,
  city varchar(50) NOT NULL,
  created_at timestamp NOT NULL
);

COMMENT ON TABLE customers IS 'People who have an account in the shop';
COMMENT ON COLUMN customers.customer_id IS 'Identifies the customer';
COMMENT ON COLUMN customers.first_name IS 'Given name';
COMMENT ON COLUMN customers.last_name IS 'Family name';
COMMENT ON COLUMN customers.email IS 'Login and contact address, one account per address';
COMMENT ON COLUMN customers.phone IS 'In international form; NULL when the customer gave none';
COMMENT ON COLUMN customers.state IS 'US state, by its full name';
COMMENT ON COLUMN customers.city IS 'City within the state';
COMMENT ON COLUMN customers.created_at IS 'When the account was opened, in UTC';

CREATE TABLE products (
  product_id integer PRIMARY KEY,
  product_name varchar(100) NOT NULL,
  category varchar(50) NOT NULL,
  price numeric(10,2) NOT NULL,
  cost numeric(10,2) NOT NULL,
  created_at timestamp NOT NULL
);

COMMENT ON TABLE products IS 'What the shop sells';
COMMENT ON COLUMN products.product_id IS 'Identifies the product';
COMMENT ON COLUMN products.product_name IS 'Name shown to customers';
COMMENT ON COLUMN products.category IS 'Department of the shop';
COMMENT ON COLUMN products.price IS 'Selling price of one unit, in US dollars';
COMMENT ON COLUMN products.cost IS 'What one unit costs the shop, in US dollars';
COMMENT ON COLUMN products.created_at IS 'When the product went on sale, in UTC';

CREATE TABLE orders (
  order_id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (customer_id),
  order_date timestamp NOT NULL,
  status varchar(20) NOT NULL,
  total_amount numeric(10,2) NOT NULL
);

CREATE INDEX orders_customer_id_idx ON orders (customer_id);

COMMENT ON TABLE orders IS 'One row per order placed';
COMMENT ON COLUMN orders.order_id IS 'Identifies the order';
COMMENT ON COLUMN orders.customer_id IS 'Who placed the order';
COMMENT ON COLUMN orders.order_date IS 'When the order was placed, in UTC';
COMMENT ON COLUMN orders.status IS 'completed, shipped, processing or cancelled';
COMMENT ON COLUMN orders.total_amount IS 'Sum of the subtotals of its items, in US dollars';

CREATE TABLE order_items (
  order_item_id integer PRIMARY KEY,
  order_id integer NOT NULL REFERENCES orders (order_id),
  product_id integer NOT NULL REFERENCES products (product_id),
  quantity integer NOT NULL,
  unit_price numeric(10,2) NOT NULL,
  subtotal numeric(10,2) NOT NULL
);

CREATE INDEX order_items_order_id_idx ON order_items (order_id);
CREATE INDEX order_items_product_id_idx ON order_items (product_id);

COMMENT ON TABLE order_items IS 'One row per product within an order';
COMMENT ON COLUMN order_items.order_item_id IS 'Identifies the item';
COMMENT ON COLUMN order_items.order_id IS 'The order it belongs to';
COMMENT ON COLUMN order_items.product_id IS 'The product bought';
COMMENT ON COLUMN order_items.quantity IS 'Units bought';
COMMENT ON COLUMN order_items.unit_price IS 'Price of one unit at the time of the order, in US dollars';
COMMENT ON COLUMN order_items.subtotal IS 'quantity * unit_price, in US dollars';
