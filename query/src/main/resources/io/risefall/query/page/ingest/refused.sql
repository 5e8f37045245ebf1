-- What did listeners not take, and which senders did they stop, by reason?
select source, reason, dropped as times, true as lost from drops
union all
select source, reason, times, false from interruptions
order by lost desc, times desc, source, reason
limit ?::bigint;
