-- Who could not send, or had to wait?
select source, reason, times as value from interruptions order by source, reason
