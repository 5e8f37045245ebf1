-- When did nobody listen?
select source, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us, ms, why from absences order by from_at desc, source limit ?::bigint;
