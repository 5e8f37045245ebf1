-- What was not taken, and why?
select source, reason, dropped as value from drops order by source, reason
