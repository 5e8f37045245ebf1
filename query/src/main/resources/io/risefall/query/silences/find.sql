-- When were the nodes in stage_nodes silent for longer than is their habit?
--
-- A pause lies between two minutes in which a node printed lines of any kind, in any source. The habit is of a day: of the
-- pauses between minutes with traffic, within a week around it, at most one in a hundred is longer. A node without traffic
-- in at least a hundred minutes of that time has none: health lines come when something fails, and not as a habit.
-- A silence is a pause of more than ten minutes and of more than three times the habit, time apart in which nobody
-- listened.
delete from store.signs
where node in (select node from stage_nodes)
    and hour < (select max(hour) from store.signs s where s.node = signs.node) - interval 40 day;

create or replace temp table stage_minutes as
select node, minute, bool_or(traffic) as traffic
from (
    select node, hour + to_minutes(bit.range) as minute, (traffic >> bit.range) & 1 = 1 as traffic
    from store.signs, range(60) bit
    where node in (select node from stage_nodes) and (minutes >> bit.range) & 1 = 1
)
group by node, minute;

create or replace temp table stage_habits as
with pauses as (
    select node, minute::date as day,
        date_diff('minute', minute, lead(minute) over (partition by node order by minute)) as length
    from stage_minutes where traffic
), lengths as (
    select node, day, length, count(*) as pauses from pauses where length is not null group by all
), around as (
    select days.node, days.day, lengths.length, sum(lengths.pauses) as pauses
    from (select distinct node, minute::date as day from stage_minutes) days
    join lengths on lengths.node = days.node
        and lengths.day between days.day - interval 7 day and days.day + interval 7 day
    group by all
), ranked as (
    select node, day, length,
        sum(pauses) over (partition by node, day order by length) as no_longer,
        sum(pauses) over (partition by node, day) as all_pauses
    from around
)
select node, day, min(length) * 60000 as habit_ms
from ranked where all_pauses >= 100 and no_longer >= 0.99 * all_pauses
group by node, day;

-- Those before the signs that are kept stay as they are.
delete from store.silences
where node in (select node from stage_nodes)
    and to_at > (select min(minute) from stage_minutes m where m.node = silences.node);

insert into store.silences
select pauses.node, minute + interval 1 minute, next_minute, habit_ms
from (
    select node, minute, lead(minute) over (partition by node order by minute) as next_minute from stage_minutes
) pauses
join stage_habits habits on habits.node = pauses.node and habits.day = pauses.minute::date
where date_diff('millisecond', minute, next_minute)
    -- Where Risefall was away, the silence is not the node's.
    - (select coalesce(sum(epoch_ms(least(a.to_at, next_minute)) - epoch_ms(greatest(a.from_at, minute))), 0)
        from store.absent_spans a where a.node = pauses.node and a.to_at > minute and a.from_at < next_minute)
    > greatest(600000, 3 * habit_ms);

-- What would be a silence from now on?
delete from store.habits where node in (select node from stage_nodes);
insert into store.habits
select last.node, last.minute + interval 1 minute, habits.habit_ms
from (select node, max(minute) as minute from stage_minutes group by node) last
join stage_habits habits on habits.node = last.node and habits.day = last.minute::date;
