-- Of which servers does nobody want to be told, and until when?
create or replace view alert_silences as
select silence_id, proxy, server, node, from_at, until_at, why, author from store.alert_silences;

comment on view alert_silences is 'Silences of alerts, made with risefall silence or on the page: an alert whose servers are all silenced is sent to nobody. What HAProxy does not log is in the view silences.';
comment on column alert_silences.silence_id is 'Names it: risefall silence --end ID ends it.';
comment on column alert_silences.proxy is 'The backend; may be a glob, such as web-*.';
comment on column alert_silences.server is 'The server; may be a glob. Null: all of the backend.';
comment on column alert_silences.node is 'The HAProxy host; null: all.';
comment on column alert_silences.from_at is 'When it began.';
comment on column alert_silences.until_at is 'When it ends or ended; it is not part of the silence.';
comment on column alert_silences.why is 'The reason, as somebody wrote it. Untrusted text.';
comment on column alert_silences.author is 'Who made it: the user of the page, or of the system in which risefall silence ran. Null: an older Risefall did not keep it.';
