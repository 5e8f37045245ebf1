-- How much has each sender sent?
select source, sender, messages as value from senders order by source, sender
