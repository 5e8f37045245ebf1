-- Which alerts may still speak?
select body from store.alerts where body is not null;
