-- Northwind, an importer of fine foods: the tables, keys and types of the well-known sample schema.

CREATE TABLE categories (
  category_id smallint PRIMARY KEY,
  category_name varchar(15) NOT NULL,
  description text,
  picture bytea
);

COMMENT ON TABLE categories IS 'Kinds of goods';
COMMENT ON COLUMN categories.category_id IS 'Identifies the category';
COMMENT ON COLUMN categories.category_name IS 'Its name';
COMMENT ON COLUMN categories.description IS 'What belongs to it';
COMMENT ON COLUMN categories.picture IS 'Its sign, an SVG image';

CREATE TABLE suppliers (
  supplier_id smallint PRIMARY KEY,
  company_name varchar(40) NOT NULL,
  contact_name varchar(30),
  contact_title varchar(30),
  address varchar(60),
  city varchar(15),
  region varchar(15),
  postal_code varchar(10),
  country varchar(15),
  phone varchar(24),
  fax varchar(24),
  homepage text
);

COMMENT ON TABLE suppliers IS 'Whom goods are bought from';
COMMENT ON COLUMN suppliers.supplier_id IS 'Identifies the supplier';
COMMENT ON COLUMN suppliers.company_name IS 'Its name';

CREATE TABLE products (
  product_id smallint PRIMARY KEY,
  product_name varchar(40) NOT NULL,
  supplier_id smallint CONSTRAINT fk_products_suppliers REFERENCES suppliers,
  category_id smallint CONSTRAINT fk_products_categories REFERENCES categories,
  quantity_per_unit varchar(20),
  unit_price real,
  units_in_stock smallint,
  units_on_order smallint,
  reorder_level smallint,
  discontinued integer NOT NULL
);

COMMENT ON TABLE products IS 'What is sold';
COMMENT ON COLUMN products.product_id IS 'Identifies the product';
COMMENT ON COLUMN products.unit_price IS 'Price of one unit today, in US dollars';
COMMENT ON COLUMN products.units_in_stock IS 'Units in the warehouse';
COMMENT ON COLUMN products.units_on_order IS 'Units that were ordered from the supplier and have not come';
COMMENT ON COLUMN products.reorder_level IS 'Units in stock and on order below which more are ordered';
COMMENT ON COLUMN products.discontinued IS '1 for what is sold no more, else 0';

CREATE TABLE customers (
  customer_id varchar(5) PRIMARY KEY,
  company_name varchar(40) NOT NULL,
  contact_name varchar(30),
  contact_title varchar(30),
  address varchar(60),
  city varchar(15),
  region varchar(15),
  postal_code varchar(10),
  country varchar(15),
  phone varchar(24),
  fax varchar(24)
);

COMMENT ON TABLE customers IS 'Whom goods are sold to';
COMMENT ON COLUMN customers.customer_id IS 'Identifies the customer: five letters of the name';
COMMENT ON COLUMN customers.company_name IS 'Its name';

CREATE TABLE customer_demographics (
  customer_type_id varchar(5) PRIMARY KEY,
  customer_desc text
);

COMMENT ON TABLE customer_demographics IS 'Kinds of customers';

CREATE TABLE customer_customer_demo (
  customer_id varchar(5) NOT NULL CONSTRAINT fk_customer_customer_demo_customers REFERENCES customers,
  customer_type_id varchar(5) NOT NULL
    CONSTRAINT fk_customer_customer_demo_customer_demographics REFERENCES customer_demographics,
  PRIMARY KEY (customer_id, customer_type_id)
);

COMMENT ON TABLE customer_customer_demo IS 'Which customer is of which kind';

CREATE TABLE employees (
  employee_id smallint PRIMARY KEY,
  last_name varchar(20) NOT NULL,
  first_name varchar(10) NOT NULL,
  title varchar(30),
  title_of_courtesy varchar(25),
  birth_date date,
  hire_date date,
  address varchar(60),
  city varchar(15),
  region varchar(15),
  postal_code varchar(10),
  country varchar(15),
  home_phone varchar(24),
  extension varchar(4),
  photo bytea,
  notes text,
  reports_to smallint CONSTRAINT fk_employees_employees REFERENCES employees,
  photo_path varchar(255)
);

COMMENT ON TABLE employees IS 'Who works in sales';
COMMENT ON COLUMN employees.employee_id IS 'Identifies the employee';
COMMENT ON COLUMN employees.photo IS 'Initials, an SVG image';
COMMENT ON COLUMN employees.reports_to IS 'The manager';

CREATE TABLE region (
  region_id smallint PRIMARY KEY,
  region_description varchar(60) NOT NULL
);

COMMENT ON TABLE region IS 'Regions of sales in the United States';

CREATE TABLE territories (
  territory_id varchar(20) PRIMARY KEY,
  territory_description varchar(60) NOT NULL,
  region_id smallint NOT NULL CONSTRAINT fk_territories_region REFERENCES region
);

COMMENT ON TABLE territories IS 'Towns of a region, by the postal code';

CREATE TABLE employee_territories (
  employee_id smallint NOT NULL CONSTRAINT fk_employee_territories_employees REFERENCES employees,
  territory_id varchar(20) NOT NULL CONSTRAINT fk_employee_territories_territories REFERENCES territories,
  PRIMARY KEY (employee_id, territory_id)
);

COMMENT ON TABLE employee_territories IS 'Who sells where';

CREATE TABLE shippers (
  shipper_id smallint PRIMARY KEY,
  company_name varchar(40) NOT NULL,
  phone varchar(24)
);

COMMENT ON TABLE shippers IS 'Who carries goods to customers';

CREATE TABLE us_states (
  state_id smallint PRIMARY KEY,
  state_name varchar(100),
  state_abbr varchar(2),
  state_region varchar(50)
);

COMMENT ON TABLE us_states IS 'States of the United States';

CREATE TABLE orders (
  order_id smallint PRIMARY KEY,
  customer_id varchar(5) CONSTRAINT fk_orders_customers REFERENCES customers,
  employee_id smallint CONSTRAINT fk_orders_employees REFERENCES employees,
  order_date date,
  required_date date,
  shipped_date date,
  ship_via smallint CONSTRAINT fk_orders_shippers REFERENCES shippers,
  freight real,
  ship_name varchar(40),
  ship_address varchar(60),
  ship_city varchar(15),
  ship_region varchar(15),
  ship_postal_code varchar(10),
  ship_country varchar(15)
);

CREATE INDEX orders_customer_id_idx ON orders (customer_id);

COMMENT ON TABLE orders IS 'What customers ordered, one row an order';
COMMENT ON COLUMN orders.order_id IS 'Identifies the order';
COMMENT ON COLUMN orders.required_date IS 'When the customer wants it at the latest';
COMMENT ON COLUMN orders.shipped_date IS 'When it left the warehouse; NULL while it has not';
COMMENT ON COLUMN orders.ship_via IS 'The shipper';
COMMENT ON COLUMN orders.freight IS 'What shipping costs, in US dollars';

CREATE TABLE order_details (
  order_id smallint NOT NULL CONSTRAINT fk_order_details_orders REFERENCES orders,
  product_id smallint NOT NULL CONSTRAINT fk_order_details_products REFERENCES products,
  unit_price real NOT NULL,
  quantity smallint NOT NULL,
  discount real NOT NULL,
  PRIMARY KEY (order_id, product_id)
);

CREATE INDEX order_details_product_id_idx ON order_details (product_id);

COMMENT ON TABLE order_details IS 'Products of an order, one row each';
COMMENT ON COLUMN order_details.unit_price IS 'Price of one unit at the time of the order, in US dollars';
COMMENT ON COLUMN order_details.discount IS 'Share of the price that is taken off, 0 to 1';
