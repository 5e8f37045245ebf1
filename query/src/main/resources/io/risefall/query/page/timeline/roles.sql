-- In which backends is one server up at a time by design?
select distinct node, proxy from role_backends order by node, proxy;
