-- Where was each server reached, and by which name, and when?
create or replace view store.name_facts as
-- What HAProxy told has all three, a line of its log one or two of them. An empty text is none.
select "at", node, proxy, server,
    regexp_replace(endpoint, '(^\[)|(\]?(:[0-9]+)?$)', '', 'g') as address,
    regexp_extract(endpoint, '[^:\[]:([0-9]+)$', 1) as port,
    regexp_extract(message, ', name: (.*)$', 1) as fqdn
from (
    -- An IPv6 address stands in brackets.
    select *, regexp_extract(message, ', address: ([^ ,]+)', 1) as endpoint from store.events where kind = 'observed'
)
union all
select "at", node, proxy, server,
    case when contains(message, ' IP ') then regexp_replace(regexp_extract(message, ' IP (changed )?from .*? to ''?([^ '',]*)', 2), '^[(].*', '') end,
    case when contains(message, ' port ') then regexp_extract(message, ' port (changed )?from .*? to ''?([0-9]*)', 2) end,
    case when contains(message, ' FQDN ') then regexp_replace(regexp_extract(message, ' FQDN (changed )?from .*? to ''?([^ '',]*)', 2), '^[(].*', '') end
from store.events where kind = 'address';

create or replace view names as
with held as (
    select "at", node, proxy, server,
        nullif(last_value(address ignore nulls) over so_far, '') as address,
        try_cast(nullif(last_value(port ignore nulls) over so_far, '') as integer) as port,
        nullif(last_value(fqdn ignore nulls) over so_far, '') as fqdn
    from store.name_facts where node not in (select node from store.folded_nodes)
    window so_far as (partition by node, proxy, server order by "at" rows between unbounded preceding and current row)
), changed as (
    select *, row_number() over by_server = 1 or address is distinct from lag(address) over by_server
        or port is distinct from lag(port) over by_server or fqdn is distinct from lag(fqdn) over by_server as is_new
    from held window by_server as (partition by node, proxy, server order by "at")
)
select node, proxy, server, address, port, fqdn, "at" as from_at,
    lead("at") over (partition by node, proxy, server order by "at") as to_at
from changed where is_new;

comment on view names is 'Where each server was reached, and by which name. From what HAProxy told when it was asked (--haproxy) or by lua/risefall.lua, and from lines that an address changed.';
comment on column names.node is 'The HAProxy host.';
comment on column names.proxy is 'The backend.';
comment on column names.server is 'The server.';
comment on column names.address is 'Its IP address; null if it had none, or it is not known.';
comment on column names.port is 'Its port; null if it is not known.';
comment on column names.fqdn is 'The name from which its address is resolved; null if there is none, or it is not known.';
comment on column names.from_at is 'When it was first known. It can be older.';
comment on column names.to_at is 'When another one was known; null while it lasts.';
