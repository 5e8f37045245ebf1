-- Which lines made an outage, and how?
create or replace view outage_evidence as
select substr(md5(v.record_key), 1, 12) as outage_id, v.nth, v.role, v.rule, coalesce(v."at", e."at") as "at", v.source,
    v.position, v.repeat as copy, e.message, v.left_out
from store.evidence v
    left join store.events e on e.source = v.source and e.position = v.position and e.repeat = v.repeat
where v.kind = 'outage';

comment on view outage_evidence is 'The lines from which each outage follows. Of each role only the first ones; none for outages that an older Risefall recorded.';
comment on column outage_evidence.outage_id is 'The outage, as in the view outages.';
comment on column outage_evidence.nth is 'Place among the evidence of the outage, from 1, in the order in which lines were applied.';
comment on column outage_evidence.role is 'What the line is: first_failure (first failed check of the fall), decided (the failed check with the reason), opened (the line that reports DOWN), repeated (a further one), first_success (first passed check of the rise), closed (the line that reports the end), process_began (a new process), inferred (see rule).';
comment on column outage_evidence.rule is 'For inferred: the rule, as named on the page about semantics; else null.';
comment on column outage_evidence."at" is 'Event time of the line, or time of what has no line.';
comment on column outage_evidence.source is 'Where the line was read; null if there is none, as for a process whose first line was traffic.';
comment on column outage_evidence.position is 'Position in the source.';
comment on column outage_evidence.copy is 'For copy k of an expanded "message repeated N times": k, from 1; else 0.';
comment on column outage_evidence.message is 'The message without its header; null if the line is not in the warehouse.';
comment on column outage_evidence.left_out is 'How many more lines of these roles the outage has.';
