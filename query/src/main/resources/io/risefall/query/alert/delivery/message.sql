-- What does it say?
select message from store.notifications where delivery_id = ? and channel = ? and message is not null limit 1;
