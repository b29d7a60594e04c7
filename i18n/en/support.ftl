# Tickets: what HR asks the platform, and what it answers.

support-nav = Support
support-secrecy = What you write here is encrypted. The company’s HR and the HuntZen Care team read it, and nobody else.
support-platform = HuntZen Care
support-company = The company
support-unreadable = This text cannot be read.
support-reference = no. { $reference }
support-opened = opened on { $date }
support-changed = last message on { $date }
support-file-size = { $count } kB
support-choose = Choose

support-category = Category
support-category-missing = Choose what it is about.
support-category-accounts = Accounts and invitations
support-category-import = Import of employees
support-category-figures = Figures and anonymity
support-category-technical = Something does not work
support-category-privacy = Data protection
support-category-other = Something else
support-category-all = All categories

support-priority = Priority
support-priority-hint = Urgent: employees can no longer use the service.
support-priority-missing = Choose a priority.
support-priority-low = Low
support-priority-normal = Normal
support-priority-high = High
support-priority-urgent = Urgent
support-priority-all = All priorities

support-status-all = All
support-status-open = Open
support-status-answered = Answered
support-status-resolved = Resolved
support-status-closed = Closed

## HR

support-hr-title = Support
support-hr-lead = A question, something that blocks you: write to the HuntZen Care team and follow its answers.
support-hr-none-title = No tickets for now
support-hr-none = When something blocks you, open a ticket. We answer here, and an e-mail tells you that we did.
support-none-here = No tickets here
support-none-here-text = Your other tickets are in the tabs beside this one.
support-new = Open a ticket
support-warning-title = Write nothing about anybody’s health
support-warning = No diagnosis, no sick leave, no care, not even without a name. In an emergency, call 3114, 15 or 112.
support-warning-short = Write nothing about anybody’s health.
support-subject = Subject
support-subject-missing = Say in one line what it is about.
support-text = Your message
support-text-hint = What you were doing, what you expected, what happened.
support-text-missing = Write your message.
support-too-long = This is too long: { $count } characters at most.
support-file = Attachment
support-file-hint = JPEG, PNG, WebP or PDF, 10 MB at most. Hide the names that do not matter.
support-file-large = This file is larger than 10 MB.
support-file-unreadable = This file is neither a picture nor a PDF that we can read.
support-open = Open the ticket
support-reply = Add a message
support-send = Send
support-close = Close the ticket
support-reopen = Reopen the ticket
support-closed-text = This ticket is closed. Should the problem come back, reopen it.
support-resolved-title = This ticket is resolved
support-resolved-text = If it is not, reply: it will open again.
support-ended = This ticket is over. The company can open it again.
support-ended-reopen = This ticket is over: your message was not sent. Reopen it, then send it again.
support-unsent = Your message, which was not sent
support-too-many = You have written a lot in a short time. Try again a little later.
support-step-refused = This ticket changed meanwhile. Look where it stands.
support-done-opened = Your ticket is open. We will answer here.
support-done-replied = Your message is sent.
support-done-closed = The ticket is closed.
support-done-reopened = The ticket is open again.

## The platform

support-admin-title = Tickets
support-admin-lead = What companies ask: what presses and waits comes first.
support-admin-none = What companies ask will appear here.
support-whose = Whose
support-whose-all = Everybody’s
support-whose-mine = Mine
support-whose-nobody = Nobody’s
support-whose-escalated = Escalated
support-escalated = Escalated
support-answer = Answer
support-answer-hint = The company will read it as it is. An e-mail tells them, without the text.
support-owner = Follow-up
support-assignee = Given to
support-assignee-none = Nobody in particular
support-assignee-unknown = Choose an active administrator.
support-transfer = Give
support-escalate = Escalate
support-calm = Take the escalation back
support-resolve = Mark as resolved
support-notes = Internal notes
support-notes-lead = Between administrators. The company never sees them.
support-note = Your note
support-note-keep = Add the note
support-note-missing = Write your note.
support-done-answered = The answer is sent.
support-done-noted = The note is added.
support-done-transferred = The ticket is given.
support-done-escalated = The ticket is escalated.
support-done-calmed = The ticket is no longer escalated.
support-done-resolved = The ticket is resolved.
support-figures = Time to the first answer
support-figures-lead = Of the tickets opened within { $days } days.
support-figures-tickets = Tickets
support-figures-answered = Answered
support-figures-median = Median time
support-answers = Canned answers
support-answers-lead = Texts for what is asked often. They are about nobody.
support-answers-choose = Begin with a canned answer
support-answers-use = Insert
support-answers-none-title = No canned answers
support-answers-none = Write the first one: it will be offered below each ticket.
support-answers-new = A new canned answer
support-answer-title = Name
support-answer-body = Text of the answer
support-answer-title-missing = Give it a name.
support-answer-edit = Change the canned answer
support-answer-delete = Delete
support-answer-kept = The canned answer is saved.
support-answer-deleted = The canned answer is deleted.

## The e-mail

support-mail-subject = An answer to your request
support-mail-text = The HuntZen Care team has answered your ticket. You can read the answer in your space.
support-mail-action = Read the answer
support-mail-note = This e-mail holds nothing of what you wrote to each other.
