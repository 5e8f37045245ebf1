-- What was done, and when: to processes, to servers, and to what they are called?
create or replace view store.done_lines as
-- HAProxy's words without the server's name, the counts, and what a check found: that text is anybody's.
select "at", node, pid, kind, nullif(proxy, '') as proxy, server, source, position, message,
    regexp_replace(regexp_replace(message, '^(Backup )?Server [^ ]+ ', ''), '(, reason: .*|[.] \d+ active and .*|[.])$', '') as words
from store.events e
where kind in ('switch', 'server-notice', 'address', 'proxy', 'master') and node not in (select node from store.folded_nodes)
    and not exists (
        select 1 from store.repeats r
        where r.source = e.source and r.position = e.position and r.repeat = e.repeat);

create or replace view store.server_changes as
select *, case
        when kind = 'address' then 'address'
        when kind = 'server-notice' then case
            when words like 'renamed from %' then 'name'
            when words like 'Load-balancing on % is disabled' then 'drain'
            when words like 'Load-balancing on % is enabled again' then 'drain-end' end
        when words like '%, changed from server-state after a reload' then 'server-state'
        when words like '%, changed from %' then 'forced'
        when words like '%(leaving%maintenance)%' or words like '%(resolves again)' then 'maintenance-end'
        when words like '%(leaving%drain)%' then 'drain-end'
        when words like '%maintenance%' then 'maintenance'
        when words like '%drain%' or words = 'is stopping' then 'drain' end as what_kind
from store.done_lines
-- Most lines are of DOWN and UP: they are told apart by words that are found faster than patterns.
where kind in ('address', 'server-notice')
    or (kind = 'switch' and (contains(message, 'maintenance') or contains(message, ' drain') or contains(message, 'changed from ')
        or contains(message, ' is stopping') or contains(message, 'resolves again')));

create or replace view store.process_lines as
-- A process says the same of each of its proxies, all at once.
select min("at") as "at", node, pid, word, count(distinct proxy) as proxies, min(proxy) as proxy, arg_min(source, ("at", source, position)) as source,
    arg_min(position, ("at", source, position)) as position
from (
    select *, sum(begins) over (partition by node, pid, word order by "at", source, position) as burst
    from (
        select *, coalesce("at" - lag("at") over (partition by node, pid, word order by "at", source, position)
            > interval 10 second, true)::integer as begins
        from (
            select *, case when words like '% started' then 'started'
                when words like '%stopped %' or message like 'Stopping %' then 'stopped'
                when message like 'Paus%' then 'paused'
                when message like 'Enabling %' or message like 'Resumed %' then 'resumed' end as word
            from store.done_lines where kind = 'proxy'
        )
        where word is not null
    )
)
group by node, pid, word, burst;

create or replace view store.process_begins as
-- The first process of a node was there before its log, as far as one can tell. Two may say that the others began: their master, and
-- they themselves.
select first_at as "at", node, pid, before
from (
    select node, pid, first_at, lag(pid) over (partition by node order by first_at, pid) as before
    from processes where not master and node not in (select node from store.folded_nodes)
) p
where before is not null
    and not exists (
        select 1 from store.process_lines l
        where l.node = p.node and l.pid = p.pid and l.word = 'started' and l."at" <= p.first_at + interval 10 second)
    and not exists (
        select 1 from store.done_lines m
        where m.kind = 'master' and m.node = p.node
            and regexp_extract(m.message, '^(?:New|Initializing new) worker (?:#\d+ )?\((\d+)\)', 1) = p.pid::varchar);

create or replace view changes as
select "at", node, what_kind as kind, proxy || '/' || server as subject,
    case when starts_with(words, proxy || '/' || server) then ltrim(substr(words, length(proxy || '/' || server) + 1), ': ') else words end
        as what, proxy, server, pid, source, position
from store.server_changes where what_kind is not null
union all
select "at", node, 'weight', proxy || '/' || server, 'has weight 0, as its checks report DRAIN', proxy, server, pid, source, position
from (
    -- Joined first and grouped then: most evidence is of other states.
    select s.record_key, any_value(s.from_at) as "at", any_value(s.node) as node, any_value(s.proxy) as proxy, any_value(s.server) as server,
        any_value(s.pid) as pid, min_by(e.source, e.nth) as source, min_by(e.position, e.nth) as position
    from store.own_states s left join store.evidence e on e.record_key = s.record_key and e.kind = 'state' and e.role = 'opened'
    where s.state = 'drain' and s.cause = 'weight 0'
    group by s.record_key
)
union all
select "at", node, case word when 'started' then 'start' when 'stopped' then 'stop' when 'paused' then 'pause' else 'resume' end,
    coalesce('process ' || pid, 'process'),
    word || ' ' || case when proxies = 1 then 'proxy ' || proxy else proxies || ' proxies' end, null, null, pid, source, position
from store.process_lines
union all
select b."at", b.node, 'reload', 'process ' || b.pid, 'was first heard of, after process ' || before, null, null, b.pid,
    min_by(e.source, (e.position, e.source)), min(e.position)
from store.process_begins b left join store.events e on e.node = b.node and e.pid = b.pid and e."at" = b."at"
group by b."at", b.node, b.pid, before
union all
select "at", node, case
        when message like 'Reloading %' or message like 'Reexecuting %' then 'reload'
        when message like 'New worker %' or message like 'Initializing %' or message = 'Loading success.' then 'start'
        when message like 'Loading failure%' or message like 'Failed to load%' then 'failed-reload'
        else 'stop' end,
    coalesce('master process ' || pid, 'master process'), words, null, null, pid, source, position
from store.done_lines where kind = 'master'
union all
-- Told by lua/risefall.lua: no sentence of HAProxy's log does.
select "at", node, 'server-' || regexp_extract(message, ' is [A-Z]+ [(](added|removed)[)]', 1), proxy || '/' || server,
    'was ' || regexp_extract(message, ' is [A-Z]+ [(](added|removed)[)]', 1), proxy, server, pid, source, position
from store.events e
where kind = 'observed' and (contains(message, ' (added)') or contains(message, ' (removed)'))
    and node not in (select node from store.folded_nodes)
    and not exists (
        select 1 from store.repeats r
        where r.source = e.source and r.position = e.position and r.repeat = e.repeat)
union all
select "at", node, 'note', coalesce(proxy || coalesce('/' || server, ''), node), text, proxy, server, null, null, null from store.notes;

comment on view changes is 'What was done, as far as the log shows it: processes, maintenance, drain, forced states, weights, addresses, names, server states from a file. And what people noted with risefall note. A fact of its time, not the cause of what follows.';
comment on column changes."at" is 'When, by the line. For a process of which no line tells the begin: its first line.';
comment on column changes.node is 'The HAProxy host; null for a note about all.';
comment on column changes.kind is 'reload, start, stop, pause, resume, failed-reload: of processes. maintenance, maintenance-end, drain, drain-end, forced, weight, address, name, server-state, server-added, server-removed: of servers. note: by a person.';
comment on column changes.subject is 'What it was done to: proxy/server, or a process; null for a note about everything.';
comment on column changes.what is 'What was done; of servers and masters, HAProxy''s words. A note is untrusted text.';
comment on column changes.proxy is 'The backend; null for a process, and for a note about all.';
comment on column changes.server is 'The server; null for a process, and for a note about all.';
comment on column changes.pid is 'The process that logged it; null if the line has none.';
comment on column changes.source is 'Where its line was read (see events); null without a line.';
comment on column changes.position is 'Position of the line in the source; null without a line.';
