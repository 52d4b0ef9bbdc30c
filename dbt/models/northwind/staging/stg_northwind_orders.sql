with

source as (

    select * from {{ source('raw_northwind', 'orders') }}

),

renamed as (

    select
        order_id,
        customer_id,
        employee_id,
        order_date,
        toStartOfMonth(order_date) as order_month,
        required_date,
        shipped_date,
        ship_via as shipper_id,
        {{ exact_decimal('freight', 2) }} as freight,
        coalesce(ship_country, 'unknown') as ship_country,
        dateDiff('day', order_date, shipped_date) as days_to_ship,
        multiIf(
            isNull(shipped_date) and required_date < today(), 'overdue',
            isNull(shipped_date), 'open',
            shipped_date > required_date, 'late',
            'on time'
        ) as shipping_state

    from source

)

select * from renamed
