-- Who was told of what, when, and what became of it?
create or replace view notifications as
select delivery_id as id, alert_id, sequence, "at", transition, title, route, channel, kind, target, state, why, attempts, sent_at, answer,
    last_error, due_at
from store.notifications
union all
select alert_id || '-' || sequence, alert_id, sequence, "at", transition, title, null, null, null, null, 'new', null, 0, null, null, null, "at"
from store.alert_messages;

comment on view notifications is 'Messages of alerts and documents: one row for each channel that is told, and one for what nobody is told. Text of the log is in title and answer: untrusted.';
comment on column notifications.id is 'The delivery id, by which receivers fold repeats: alert and number of the message.';
comment on column notifications.alert_id is 'The alert (see alerts); of a document, its id.';
comment on column notifications.sequence is 'Number of the message in its alert; 0 for a document.';
comment on column notifications."at" is 'When it was decided.';
comment on column notifications.transition is 'opened, still_open, changed, flapping, closed, amended; document for a summary after quiet hours, report for a scheduled report.';
comment on column notifications.title is 'What it says, in a sentence.';
comment on column notifications.route is 'The route by which it goes; null: none.';
comment on column notifications.channel is 'The channel that it goes to; null: nobody is told.';
comment on column notifications.kind is 'The channel''s kind: webhook, slack, teams, mattermost, ntfy, pagerduty, alertmanager, mail, command; folder for a directory of reports.';
comment on column notifications.target is 'Where the channel sends to, without secrets.';
comment on column notifications.state is 'new: not looked at yet; due: waits for its turn or another try; sent: acknowledged; held: kept back by quiet hours; summarised: told in a summary after them; folded: a later message says it too; silenced, no_route: nobody is told; given_up: tried for too long.';
comment on column notifications.why is 'Why it is not simply sent.';
comment on column notifications.attempts is 'How often it was tried.';
comment on column notifications.sent_at is 'When the receiver acknowledged it; null: not yet.';
comment on column notifications.answer is 'What the receiver answered, shortened. Untrusted text.';
comment on column notifications.last_error is 'What went wrong last; null: nothing.';
comment on column notifications.due_at is 'When something is to be done with it next; null: never.';
