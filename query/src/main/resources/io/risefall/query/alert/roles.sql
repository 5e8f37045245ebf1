-- In which backends is one server up by design?
select distinct node, proxy from role_backends;
