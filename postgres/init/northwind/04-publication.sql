-- What the follower is sent: tables by name, so that a table which is added later stays the application's own affair.
CREATE PUBLICATION millrace_northwind FOR TABLE
  categories, customer_customer_demo, customer_demographics, customers, employee_territories, employees, order_details,
  orders, products, region, shippers, suppliers, territories, us_states;
