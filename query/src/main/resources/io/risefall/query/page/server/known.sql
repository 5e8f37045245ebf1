-- Does anybody know a server of this backend? Parameter: the backend.
select count(*) > 0 as known from (select 1 from store.own_states where proxy = $1::varchar limit 1);
