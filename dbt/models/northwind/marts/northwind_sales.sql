with

details as (

    select * from {{ ref('stg_northwind_order_details') }}

),

orders as (

    select * from {{ ref('stg_northwind_orders') }}

),

products as (

    select * from {{ ref('stg_northwind_products') }}

),

categories as (

    select * from {{ ref('stg_northwind_categories') }}

),

customers as (

    select * from {{ ref('stg_northwind_customers') }}

),

employees as (

    select * from {{ ref('stg_northwind_employees') }}

),

joined as (

    select
        details.order_id as order_id,
        details.product_id as product_id,
        orders.order_date as order_date,
        orders.order_month as order_month,
        products.product_name as product_name,
        categories.category_name as category_name,
        customers.customer_name as customer_name,
        orders.employee_id as employee_id,
        employees.employee_name as employee_name,
        orders.ship_country as country,
        details.quantity as quantity,
        details.unit_price as unit_price,
        details.discount as discount,
        details.revenue as revenue

    from details
    inner join orders on details.order_id = orders.order_id
    inner join products on details.product_id = products.product_id
    left join categories on products.category_id = categories.category_id
    left join customers on orders.customer_id = customers.customer_id
    left join employees on orders.employee_id = employees.employee_id

)

select * from joined
