# The home pages of the five roles.

dashboard-home = Dashboard
dashboard-nav = Home
dashboard-trend = Consultations by month
dashboard-trend-empty = The chart will appear with the first completed consultations.
dashboard-consultations = Consultations
dashboard-before = { $count } in { $month }
dashboard-duration = Total time

## Administration

dashboard-admin-lead = The platform’s activity in { $month }, and what to follow up.
dashboard-report = Monthly report
dashboard-active-companies = Active companies
dashboard-verified-practitioners = Verified practitioners
dashboard-todo = To follow up
dashboard-companies-pending = { $count ->
    [0] No company pending
    [one] { $count } company pending
   *[other] { $count } companies pending
}
dashboard-companies-suspended = { $count ->
    [0] None suspended
    [one] { $count } suspended
   *[other] { $count } suspended
}
dashboard-practitioners-pending = { $count ->
    [0] No practitioner to verify
    [one] { $count } practitioner to verify
   *[other] { $count } practitioners to verify
}
dashboard-practitioners-rejected = { $count ->
    [0] None rejected
    [one] { $count } rejected
   *[other] { $count } rejected
}
dashboard-reviews-pending = { $count ->
    [0] No review to read
    [one] { $count } review to read
   *[other] { $count } reviews to read
}
dashboard-reports-open = { $count ->
    [0] No report
    [one] { $count } report
   *[other] { $count } reports
}

## Operation

dashboard-system = System status
dashboard-system-lead = The process, the database, background work and security. No names, no content.
dashboard-version = Version
dashboard-uptime = Up for { $duration }
dashboard-database = PostgreSQL
dashboard-schema-current = Schema up to date
dashboard-schema-old = Migrations are missing
dashboard-jobs = Jobs to do
dashboard-jobs-well = All is moving
dashboard-jobs-late = Late
dashboard-jobs-dead = Some jobs were given up
dashboard-jobs-due = Due now
dashboard-jobs-scheduled = Later
dashboard-jobs-over = over { $most }
dashboard-jobs-given-up = Given up
dashboard-jobs-oldest = Longest wait
dashboard-memory = Memory of the process
dashboard-memory-of = Machine: { $used } of { $total } GiB
dashboard-disk = Disk in use
dashboard-disk-of = of { $total } GiB, volume { $mount }
dashboard-gib = { $size } GiB
dashboard-mib = { $size } MiB
dashboard-background = Background work
dashboard-connections = Database connections
dashboard-pool = Login “{ $login }”
dashboard-cron = Recurring work
dashboard-cron-empty = Nothing has run yet
dashboard-cron-empty-text = Recurring work runs at night; its outcome will appear here.
dashboard-cron-work = Work
dashboard-cron-outcome = Outcome
dashboard-cron-when = Last run
dashboard-cron-drift = Counters corrected
dashboard-cron-rollup = Recount of the activity counters
dashboard-cron-jobs = Clean-up of finished jobs
dashboard-cron-accounts = Clean-up of expired sessions and links
dashboard-cron-key-ledger = Ledger of destroyed keys
dashboard-cron-journal-shares = End of shared journal pages
dashboard-cron-imports = Clean-up of employee files left unconfirmed
dashboard-cron-openings = Computation of the next free hours
dashboard-cron-deadlines = Deadlines of confirmations and of times kept
dashboard-cron-waiting-list = Offers of the waiting list
dashboard-cron-reminders = Appointment reminders
dashboard-cron-notices = Clean-up of old notifications
dashboard-cron-chats = Destruction of chats whose time is over
dashboard-cron-requests = Forgetting of requests to join that came to nothing
dashboard-cron-durations = Sessions left running
dashboard-cron-readers = Count of the readers of news
dashboard-cron-news = Publication of scheduled news
dashboard-cron-notes = Destruction of records whose time is over
dashboard-cron-retention = Erasure of data whose time is over
dashboard-cron-tickets = Destruction of help requests whose time is over
dashboard-run-done = Done
dashboard-run-failed = Failed
dashboard-run-waiting = Running
dashboard-security = Security, last 24 hours
dashboard-security-lead = How often, without anybody’s name or address.
dashboard-security-empty = Nothing to report
dashboard-security-empty-text = No security event for 24 hours.
dashboard-event = Event
dashboard-event-count = Count
dashboard-event-signed-in = Sign-in
dashboard-event-failed = Refused sign-in
dashboard-event-locked = Account or origin blocked for a while
dashboard-event-password = Password changed
dashboard-event-reuse = Session token used again
dashboard-event-tampered = Encrypted text tampered with
dashboard-event-invitation = Invitation accepted
dashboard-severity = Severity
dashboard-severity-low = Normal
dashboard-severity-medium = Keep an eye on it
dashboard-severity-high = Look into it

## The employee’s space

dashboard-hello = Hello { $name }
dashboard-employee-lead = This space is yours: a calm place to talk to someone, at your own pace.
dashboard-next = Next appointment
dashboard-next-waiting = Your practitioner still has to confirm. You will get an e-mail; there is nothing else to do.
dashboard-next-ready = All is ready. Plan to be there a few minutes early, somewhere you can talk freely.
dashboard-next-place = All is ready. Plan to be there a few minutes early.
dashboard-next-now = It is time: make yourself comfortable, your practitioner is about to start.
dashboard-next-now-place = It is time: your practitioner expects you at their practice.
dashboard-next-running = Your consultation is under way.
dashboard-next-see = See the appointment
dashboard-invite-eyebrow = Whenever you like
dashboard-invite-title = It helps to talk to someone
dashboard-invite-text = Choose a practitioner and a time that suits you. You do not have to explain why.
dashboard-suspended-title = Bookings are paused
dashboard-suspended-text = The access of { $company } to HuntZen Care is suspended for now: you cannot book a new appointment. It is nothing you did, and nothing is deleted. Your journal, your past consultations, your messages and your rights over your data stay yours, here.
dashboard-suspended-planned = Your appointments to come still stand. It is for you to choose: keep them, or cancel them.
dashboard-suspended-help = Do you need to talk to someone now? In France, 3114 answers day and night, 15 and 112 in an emergency: the help button is at the top of every page.
dashboard-following = My appointments
dashboard-following-only = No other appointment for now.
dashboard-following-none = Your appointments will appear here.
dashboard-past = { $count ->
    [one] { $count } past appointment
   *[other] { $count } past appointments
}
dashboard-yours = What stays between you and your practitioner
dashboard-yours-journal = Write in my journal
dashboard-yours-journal-text = A few words, or just a mood. Nobody else reads it.
dashboard-yours-secret = Professional secrecy
dashboard-yours-secret-text = What you say in a consultation stays there.
dashboard-yours-employer = What your employer sees
dashboard-yours-employer-text = A count and a total time per month at most. Never with whom, on which day, or why.

## The practitioner’s space

dashboard-practitioner-lead = Your activity in { $month }.
dashboard-export = Export activity (CSV)
dashboard-compared-count = { $count } by the same date in { $month }
dashboard-compared = { $figure } by the same date in { $month }
dashboard-to-confirm = To confirm
dashboard-upcoming = Next appointments
dashboard-open = It is time

## HR’s space

dashboard-hr-lead = How your teams use their access, in { $month }.
dashboard-mean = Average time
dashboard-accounts = Employees
dashboard-accounts-active = Active accounts
dashboard-accounts-pending = Pending invitations
dashboard-accounts-expired = Expired invitations
dashboard-accounts-suspended = Suspended accounts
dashboard-accounts-all = In all
dashboard-accounts-none = Your employees have no access yet. Import your list: everyone will get an invitation.
dashboard-accounts-import = Import employees
dashboard-hr-promise = You only see counts and times. The content, the practitioner and the dates of consultations are never shown to you.
dashboard-hr-suspended-title = Your company’s access is suspended
dashboard-hr-suspended-text = The access of { $company } to HuntZen Care is suspended. The reason was sent to you by e-mail. Managing employees, the figures and the company’s page are closed until it is restored.
dashboard-hr-suspended-people = Nothing is deleted. Your employees can no longer book; they keep access to what is theirs, and decide for themselves about the appointments they already have.
dashboard-hr-suspended-next = To restore the access, write to the HuntZen Care team through the support, which stays open.
dashboard-hr-suspended-open = What stays open
dashboard-hr-suspended-account = Your password, your sessions and your personal data.
dashboard-hr-suspended-promise = What HR never sees
dashboard-hr-lead-none = Your teams, and soon how they use their access.
dashboard-hr-first = The first month is not published yet
dashboard-hr-first-text = A month’s figures are frozen on the 3rd of the next one.
dashboard-hr-bands = Bands are on the page
dashboard-adoption = Adoption
dashboard-adoption-median = Median of { $companies } companies: { $percent }%
dashboard-adoption-of = { $count ->
    [one] { $users } of { $count } active account
   *[other] { $users } of { $count } active accounts
}
dashboard-consultations-of = { $count ->
    [one] for one person
   *[other] for { $count } people
}
dashboard-mean-median = Platform median: { $minutes } min
dashboard-trends = Month after month
dashboard-trend-adoption = Share of active accounts that consulted
dashboard-disclosure-title = What your company sees changes from { $from }
dashboard-disclosure-past = Earlier months stay as you lived them.
dashboard-disclosure-read = I understand
dashboard-disclosure-more = See what HR sees
dashboard-cron-freeze = Publication of the month’s figures

# People's rights.
dashboard-event-copy = Copy of data downloaded
dashboard-cron-exports = Destruction of data copies

# People's rights: erasure.
dashboard-event-erasure-asked = Account erasure asked for
dashboard-event-erasure-cancelled = Account erasure cancelled
dashboard-cron-erasures = Erasure of accounts

dashboard-news = News of your company
dashboard-news-published = Published
dashboard-news-scheduled = Scheduled
dashboard-news-drafts = Drafts

dashboard-tickets-open = { $count ->
    [0] No tickets to answer
    [one] { $count } ticket to answer
   *[other] { $count } tickets to answer
}
dashboard-tickets-answered = { $count ->
    [0] None waits for its company
    [one] { $count } waits for its company
   *[other] { $count } wait for their company
}
dashboard-tickets-yours = { $count ->
    [0] No answers to read
    [one] { $count } answer to read
   *[other] { $count } answers to read
}
dashboard-tickets-running = { $count ->
    [0] No open tickets
    [one] { $count } open ticket
   *[other] { $count } open tickets
}
