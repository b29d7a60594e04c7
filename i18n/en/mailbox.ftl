# /dev/mailbox: the mails of development.

mailbox-title = Mails
mailbox-lead = In development no mail leaves: they are kept in { $folder }.
mailbox-list = Mails, newest first
mailbox-empty-title = No mail yet
mailbox-empty-text = Invite somebody or book an appointment: the mail will arrive here.
mailbox-to = Recipient
mailbox-html = The mail as it is shown
mailbox-alone = Open the mail alone
mailbox-text = Text version
