with

employees as (

    select * from {{ ref('stg_northwind_employees') }}

),

sales as (

    select
        employee_id,
        uniqExact(order_id) as orders,
        uniqExact(customer_name) as customers,
        sum(revenue) as revenue

    from {{ ref('northwind_sales') }}
    group by employee_id

),

joined as (

    select
        employees.employee_id as employee_id,
        employees.employee_name as employee_name,
        employees.title as title,
        managers.employee_name as manager_name,
        coalesce(sales.orders, 0) as orders,
        coalesce(sales.customers, 0) as customers,
        coalesce(sales.revenue, 0) as revenue

    from employees
    left join
        employees as managers
        on employees.manager_id = managers.employee_id
    left join sales on employees.employee_id = sales.employee_id

)

select * from joined
