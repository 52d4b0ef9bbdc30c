{{ config(order_by='customer_id') }}

with

customers as (

    select * from {{ ref('stg_store_customers') }}

),

orders as (

    select * from {{ ref('stg_store_orders') }}

),

orders_of_customer as (

    select
        customer_id,
        count() as total_orders,
        sum(total_amount) as total_spent,
        toNullable(min(ordered_at)) as first_ordered_at,
        toNullable(max(ordered_at)) as last_ordered_at

    from orders
    group by customer_id

),

joined as (

    select
        customers.customer_id as customer_id,
        customers.customer_name as customer_name,
        customers.email as email,
        customers.city as city,
        customers.country as country,
        customers.created_at as created_at,
        coalesce(orders_of_customer.total_orders, 0) as total_orders,
        coalesce(orders_of_customer.total_spent, 0) as total_spent,
        orders_of_customer.first_ordered_at as first_ordered_at,
        orders_of_customer.last_ordered_at as last_ordered_at

    from customers
    left join
        orders_of_customer
        on customers.customer_id = orders_of_customer.customer_id

)

select * from joined
