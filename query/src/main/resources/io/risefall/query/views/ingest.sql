-- What did each source carry? received = events + traffic + foreign + repeats + rejected + unknown_header +
-- waiting.
create or replace view ingest as
with again as (
    select source, position, count(*) as copies from store.repeats where repeat > 0 group by source, position
), repeated as (
    select source, count(*) as repeats
    from (
        select source, position from store.repeats where repeat = 0
        union all
        -- One line, expanded: a repeat where all of it is.
        select again.source, again.position
        from again join store.events e on e.source = again.source and e.position = again.position and e.repeat > 0
        group by again.source, again.position, again.copies having count(*) = again.copies
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

comment on view ingest is 'One row per source, with its counts.';
comment on column ingest.source is 'Name of the source.';
comment on column ingest.lines is 'Lines read.';
comment on column ingest.events is 'Health lines that this source delivered first. Each event counts in one source.';
comment on column ingest.traffic is 'HAProxy lines that are not about health.';
comment on column ingest.repeats is 'Health lines that repeat another line, of this or another source.';
comment on column ingest.rejected is 'Lines that start like health lines but could not be parsed.';
comment on column ingest.first_at is 'Event time of its earliest health line.';
comment on column ingest.last_at is 'Event time of its latest health line.';
comment on column ingest."foreign" is 'Lines of other programs, and lines with an unknown header and without a health message.';
comment on column ingest.as_of is 'The source has been read up to this time.';
comment on column ingest.live is 'True if a process follows the source and had read all of it at most half a minute ago; false after it was stopped or killed.';
comment on column ingest.received is 'Lines read, plus messages that wait to be read.';
comment on column ingest.waiting is 'Messages that a listener accepted and nobody has read yet.';
comment on column ingest.dropped is 'Messages that a listener did not accept; the view drops has the reasons.';
comment on column ingest.lost is 'Minimum number of server changes that have no line although counts prove them (see losses), for the nodes that log here, between the first and last health line of the source. If a node logs to several sources, all of them lack the line.';
comment on column ingest.absences is 'How often Risefall did not listen to the source, so that lines may be lost; the view absences has the times. Files, journals and RELP have none.';
comment on column ingest.absent_ms is 'Total length of these absences.';
comment on column ingest.unstamped is 'Part of rejected: health lines of a file without a timestamp and without a copy that has one. Nothing tells when they were printed.';
comment on column ingest.unknown_header is 'Lines with a health message behind an unknown header, or behind a tag other than HAProxy''s. They are not events. The view unknown_headers has their forms.';
comment on column ingest.unknown_example is 'The first of these lines; null without one.';
comment on column ingest.level_cap is 'The level, or levels, to which the log target seems to limit severities (log … local0 notice notice): lines arrived with a lower severity than HAProxy uses, and none with a higher one. Null without such evidence.';
