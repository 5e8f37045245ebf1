-- Who sent last to each listener?
select source, sender, messages, bytes, epoch_us(last_at) as last_us from senders order by last_at desc, source, sender limit ?::bigint;
