-- How far has each source been read that somebody follows?
select source, epoch_us(as_of) as as_of, lines from store.positions where live order by source
