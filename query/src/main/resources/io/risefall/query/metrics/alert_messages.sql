-- How many messages were made about alerts?
select coalesce(sum(messages), 0) as value from alerts
