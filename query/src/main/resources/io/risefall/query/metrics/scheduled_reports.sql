-- What became of the reports of the schedule?
select report, outcome, count(*) as value
from (
    select regexp_extract(alert_id, '^report-([a-z]+)', 1) as report, case state when 'due' then 'waiting' else state end as outcome
    from store.notifications
    where transition = 'report'
    union all
    select split_part(report, ' ', 1), 'not_made' from store.scheduled_reports where starts_with(subject, 'not sent: ')
)
group by all order by all
