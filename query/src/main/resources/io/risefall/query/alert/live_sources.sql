-- Until when has each source that goes on been read?
select source, epoch_us(as_of) as as_of_us from store.positions where live;
