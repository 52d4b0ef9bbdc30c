with

shippers as (

    select * from {{ ref('stg_northwind_shippers') }}

),

shipping as (

    select
        shipper_id,
        count() as orders,
        countIf(isNotNull(shipped_date)) as shipped,
        countIf(shipping_state = 'late') as late,
        countIf(shipping_state = 'overdue') as overdue,
        sum(freight) as freight,
        avg(days_to_ship) as days_to_ship

    from {{ ref('stg_northwind_orders') }}
    group by shipper_id

),

joined as (

    select
        shippers.shipper_id as shipper_id,
        shippers.shipper_name as shipper_name,
        coalesce(shipping.orders, 0) as orders,
        coalesce(shipping.shipped, 0) as shipped,
        coalesce(shipping.late, 0) as late,
        coalesce(shipping.overdue, 0) as overdue,
        coalesce(shipping.freight, 0) as freight,
        round(shipping.days_to_ship, 1) as days_to_ship,
        {{ percent_of('shipped - late', 'shipped') }} as on_time_percent

    from shippers
    left join shipping on shippers.shipper_id = shipping.shipper_id

)

select * from joined
