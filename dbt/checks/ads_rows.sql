-- Two advertisers and five campaigns: clicked, seen only, never seen, clicked without having been seen, deleted since (5).

INSERT INTO advertiser
  (id, name, created_at, updated_at)
VALUES
  (1, 'Northern Bikes', '2026-06-01 08:00:00', '2026-06-01 08:00:00'),
  (2, 'Lakeside Bread', '2026-06-02 08:00:00', '2026-06-02 08:00:00');

INSERT INTO campaign
  (id, advertiser_id, name, bid, budget, start_date, end_date, created_at, updated_at)
VALUES
  (1, 1, 'Spring',  0.50, 100.00, '2026-07-01', '2026-07-31', '2026-06-03 08:00:00', '2026-06-03 08:00:00'),
  (2, 1, 'Summer',  0.50,  50.00, '2026-07-01', '2026-07-31', '2026-06-03 08:00:00', '2026-06-03 08:00:00'),
  (3, 2, 'Rye',     0.20,  70.10, '2026-07-01', '2026-07-31', '2026-06-03 08:00:00', '2026-06-03 08:00:00'),
  (4, 2, 'Baguette', 0.20, 10.00, '2026-07-01', '2026-07-31', '2026-06-03 08:00:00', '2026-06-03 08:00:00');

-- Campaign 1: 1000 over ten days, the first at the first moment of a day, one at its last.
INSERT INTO impressions
SELECT number + 1, 1, toDateTime64('2026-07-01 00:00:00', 6, 'UTC') + toIntervalSecond(intDiv(number, 100) * 86400 + number % 100 * 872)
FROM numbers(1000);

INSERT INTO impressions VALUES (1001, 1, '2026-07-01 23:59:59.999999');

INSERT INTO impressions
SELECT number + 1002, if(number < 500, 2, 5), toDateTime64('2026-07-03 12:00:00', 6, 'UTC') + toIntervalMinute(number)
FROM numbers(700);

INSERT INTO clicks
SELECT number + 1, 1, toDateTime64('2026-07-01 00:00:30', 6, 'UTC') + toIntervalHour(number * 2)
FROM numbers(77);

INSERT INTO clicks
SELECT number + 78, if(number < 3, 4, 5), toDateTime64('2026-07-04 00:00:00', 6, 'UTC') + toIntervalHour(number)
FROM numbers(9);
