-- Which nodes print the same lines with the same pid at the same time, in some spans of ten seconds and the ones beside them?
-- A line can be a copy of another node's within two seconds: stamps of whole seconds, and what relays add. What says
-- nothing of one host under two names is left out: the low pids of containers are the same everywhere, and load
-- balancers that see one server fail say so in the same words at the same second. Parameters: from when to when to look.
insert into store.host_copies
with near as (
    select row_number() over () as line, epoch_us("at") // 10000000 as span, node, pid, hash(message) as words, "at", source
    from store.events
    where kind = 'switch' and pid is not null
        and "at" >= make_timestamptz(?::bigint) and "at" < make_timestamptz(?::bigint)
        and epoch_us("at") // 10000000 in (select span + beside from stage_host_spans, unnest([-1, 0, 1]) b(beside))
), shared as (
    -- One host has not this many names: a fleet of containers.
    select pid, words from near group by pid, words having count(distinct node) between 2 and 8
), lines as (
    select near.* from near semi join shared on shared.pid = near.pid and shared.words = near.words
), copied as (
    select a.span, a.node, b.node as host, a.line, a.pid,
        bool_or(a."at" = b."at" and a."at" <> date_trunc('second', a."at")) as exact, bool_or(a.source = b.source) as one_source
    from lines a
        join (select *, unnest([span - 1, span, span + 1]) as near_span from lines) b
            on b.near_span = a.span and b.pid = a.pid and b.words = a.words and b.node <> a.node
            and b."at" between a."at" - interval 2 second and a."at" + interval 2 second
    where a.span in (select span from stage_host_spans)
    group by a.span, a.node, b.node, a.line, a.pid
)
select span, node, host, count(*), count_if(exact), max(pid), bool_or(one_source)
from copied group by span, node, host
having count_if(exact) > 0 or max(pid) >= 300 or store.is_no_name(node) <> store.is_no_name(host);
