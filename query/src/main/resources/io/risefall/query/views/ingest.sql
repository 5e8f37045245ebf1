-- What did each source carry? received = events + traffic + foreign + repeats + rejected + unknown_header +
-- waiting.
create or replace view ingest as
with again as (
    select source, position, count(*) as said from store.repeats where repeat > 0 group by source, position
), repeated as (
    select source, count(*) as repeats
    from (
        select source, position from store.repeats where repeat = 0
        union all
        -- One line, expanded: a repeat where all of it is.
        select again.source, again.position
        from again join store.events e on e.source = again.source and e.position = again.position and e.repeat > 0
        group by again.source, again.position, again.said having count(*) = again.said
    )
    group by source
)
select p.source, p.lines, p.events - coalesce(r.repeats, 0) as events, p.traffic,
    p.repeats + coalesce(r.repeats, 0) as repeats, p.rejected, p.first_at,
    p.last_at, p."foreign", p.as_of,
    -- Six heartbeats: one that follows and does not say so for as long is gone.
    p.live and p.as_of > now() - interval 30 seconds as live, p.lines + coalesce(p.waiting, 0) as received,
    coalesce(p.waiting, 0) as waiting, coalesce(d.dropped, 0) as dropped, coalesce(l.lost, 0) as lost,
    coalesce(a.absences, 0) as absences, coalesce(a.absent_ms, 0) as absent_ms,
    coalesce(p.unstamped, 0) as unstamped,
    coalesce(p.unknown_header, 0) as unknown_header, u.example as unknown_example, c.caps as level_cap
from store.positions p
    left join repeated r on r.source = p.source
    left join (select source, sum(dropped)::bigint as dropped from store.position_drops group by source) d
        on d.source = p.source
    left join (
        select heard.source, sum(l.missing)::bigint as lost
        from store.position_nodes heard join store.positions read on read.source = heard.source
            join store.losses l on l.node = heard.node and l.to_at between read.first_at and read.last_at
        group by heard.source
    ) l on l.source = p.source
    left join (select source, count(*) as absences, sum(ms)::bigint as absent_ms from main.absences group by source) a
        on a.source = p.source
    left join (select source, arg_min(example, nth) as example from store.position_unknown group by source) u
        on u.source = p.source
    left join (
        select source, string_agg(distinct lower(cap), ', ' order by lower(cap)) as caps
        from store.position_caps group by source
    ) c on c.source = p.source;

comment on view ingest is 'Each source and its tally.';
comment on column ingest.source is 'Its name.';
comment on column ingest.lines is 'Lines read.';
comment on column ingest.events is 'Health lines that were said here first: each event counts in one source.';
comment on column ingest.traffic is 'Lines of HAProxy that say nothing of health.';
comment on column ingest.repeats is 'Health lines that say again what another one has said, here or in another source.';
comment on column ingest.rejected is 'Lines that begin like health lines and could not be read.';
comment on column ingest.first_at is 'Event time of its earliest health line.';
comment on column ingest.last_at is 'Event time of its latest health line.';
comment on column ingest."foreign" is 'Lines of other programs, and lines without a known header that hold no health sentence.';
comment on column ingest.as_of is 'Until when it has been read.';
comment on column ingest.live is 'Whether a process follows it and has read all of it, as of half a minute ago at most; false for one that was stopped or killed.';
comment on column ingest.received is 'Lines read, and messages that wait to be read.';
comment on column ingest.waiting is 'Messages that came to a listener and are not read yet.';
comment on column ingest.dropped is 'What came to a listener and was not taken; the view drops has the reasons.';
comment on column ingest.lost is 'Changes of servers, at least, that no line tells of, though counts show them (view losses): of the nodes that speak here, between its first and its last health line. Where a node speaks in several sources, all of them lack it.';
comment on column ingest.absences is 'How often Risefall itself did not listen to it, so that lines can be lost: the view absences has when. Files, journals and RELP have none.';
comment on column ingest.absent_ms is 'How long, all of them together.';
comment on column ingest.unstamped is 'Of the rejected, health lines of a file that say no time, and that no line beside them says with one: nothing tells when they were printed.';
comment on column ingest.unknown_header is 'Lines that hold a health sentence of HAProxy behind a header that is not known, or behind another tag than HAProxy''s: they are no events. The view unknown_headers has their forms.';
comment on column ingest.unknown_example is 'The first of them; null where there is none.';
comment on column ingest.level_cap is 'The level, or levels, at which HAProxy''s severities are taken to be capped here (log … local0 notice notice), because lines came less severe than HAProxy says such things and nothing more severe came; null where nothing shows one.';
