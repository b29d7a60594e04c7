# Activity, usage, reports: the figures.

metrics-consultations = Consultations
metrics-duration = Total time
metrics-mean = Average time
metrics-total = Total
metrics-month = Month
metrics-name = Name
metrics-department = Department
metrics-company = Company
metrics-practitioner = Practitioner
metrics-status = Status
metrics-created = Since
metrics-employees = Employees
metrics-specialty = Specialty
metrics-verification = Verification
metrics-by-company = By company
metrics-by-month = By month
metrics-by-practitioner = By practitioner
metrics-download = Download (CSV)
metrics-rounding = Times are shown rounded down to the minute; totals add up the seconds, as the files do.

## Periods

metrics-period = Period
metrics-period-kind = Kind of period
metrics-period-month = Month
metrics-period-quarter = Quarter
metrics-period-year = Year
metrics-period-free = Custom dates
metrics-period-from = From
metrics-period-to = To (included)
metrics-period-show = Show
metrics-period-quarter-1 = 1st quarter { $year }
metrics-period-quarter-2 = 2nd quarter { $year }
metrics-period-quarter-3 = 3rd quarter { $year }
metrics-period-quarter-4 = 4th quarter { $year }
metrics-period-dates = { $first } to { $last }
metrics-period-unreadable = There is no such period. Here are this month’s figures.
metrics-period-bad-date = Enter two complete dates. In the meantime, here are this month’s figures.
metrics-period-reversed = The last date is before the first. In the meantime, here are this month’s figures.
metrics-period-too-long = The period is longer than two years. In the meantime, here are this month’s figures.
metrics-period-out-of-range = This period is too far away. In the meantime, here are this month’s figures.

## A practitioner’s statement

metrics-activity = Activity
metrics-activity-lead = Your completed consultations, ready for your invoices.
metrics-statement-chart = Consultations per month
metrics-statement-empty = No completed consultation in this period
metrics-statement-empty-text = A consultation counts as soon as you end it.
metrics-statement-note = Only completed consultations count, on the day they end (Paris time). Time runs from start to end, to the second; on screen it is rounded down to the minute.
metrics-statement-file = activity

## Usage, for HR

metrics-usage = Usage per person
metrics-usage-lead = The number of consultations and their total time, month by month.
metrics-usage-promise = For each person, you see how many consultations ended in the month and their total time. You never see with whom, on which day, for what reason, or anything that is said.
metrics-usage-people = People supported
metrics-usage-people-of = { $count ->
    [one] of { $count } employee
   *[other] of { $count } employees
}
metrics-usage-total = { $count ->
    [one] Total for { $count } employee
   *[other] Total for { $count } employees
}
metrics-usage-none = Nobody matches
metrics-usage-none-text = Try another name or another department.
metrics-usage-all = Show everyone
metrics-usage-empty = No employees yet
metrics-usage-empty-text = Import your list to give your teams access.
metrics-usage-import = Import employees
metrics-usage-file = usage
metrics-search-person = Search for a person
metrics-department-all = All departments

## Platform

metrics-companies = Companies
metrics-companies-lead = All client companies and their activity.
metrics-companies-total = { $count ->
    [one] { $count } company
   *[other] { $count } companies
}
metrics-companies-see = All companies
metrics-companies-empty = No companies
metrics-companies-empty-text = Client companies will appear here.
metrics-companies-file = companies
metrics-company-active = Active
metrics-company-pending = Pending
metrics-company-suspended = Suspended
metrics-company-refused = Refused
metrics-practitioners = Practitioners
metrics-practitioners-lead = All practitioners and their activity. The file has each practitioner by company.
metrics-practitioners-total = { $count ->
    [one] { $count } practitioner
   *[other] { $count } practitioners
}
metrics-practitioners-see = All practitioners
metrics-practitioners-empty = No practitioners
metrics-practitioners-empty-text = Registered practitioners will appear here.
metrics-practitioners-file = practitioners
metrics-practitioner-verified = Verified
metrics-practitioner-pending = To verify
metrics-practitioner-rejected = Rejected
metrics-search-name = Search for a name
metrics-status-all = All statuses
metrics-list-none = No results
metrics-list-none-text = Try another name or another status.
metrics-list-all = Show all
metrics-report = Monthly report
metrics-report-lead = The activity of the whole platform, month by month.
metrics-report-before = { $count } in { $month }
metrics-report-companies = Companies served
metrics-report-practitioners = Active practitioners
metrics-report-empty = No completed consultation that month
metrics-report-empty-text = The report fills up as consultations end.

## Files

metrics-csv-consultations = Consultations
metrics-csv-seconds = Time (seconds)
metrics-csv-clock = Time (h:min)
metrics-csv-hours = Time (hours)
metrics-csv-day = Day
metrics-csv-month = Month
metrics-csv-period = Period
metrics-csv-company = Company
metrics-csv-practitioner = Practitioner
metrics-csv-status = Status
metrics-csv-employees = Employees
metrics-csv-last-name = Last name
metrics-csv-first-name = First name
metrics-csv-department = Department

## Published figures, for HR

metrics-usage-nav = Usage
metrics-figures = Usage
metrics-figures-lead = Figures of groups, published once a month. Nobody can be recognised in them.
metrics-figures-hidden = This month’s figures are not published
metrics-figures-rounded = To the half hour
metrics-figures-accounts = { $count ->
    [one] of { $count } account active at the end of the month
   *[other] of { $count } accounts active at the end of the month
}
metrics-figures-of = { $users } of { $count }
metrics-figures-waiting = { $count ->
    [one] One person who joined recently is not counted yet: they will be with the next arrivals, once these are five.
   *[other] { $count } people who joined recently are not counted yet: they will be once the arrivals are at least five.
}
metrics-figures-frozen = Figures frozen on { $date }. A later correction, of a duration for instance, does not change them.
metrics-figures-open = No figures for { $month } yet
metrics-figures-open-text = Each month is frozen on the 3rd of the next one, and never changes after that.
metrics-figures-open-on = To be published on { $date }.
metrics-satisfaction = Satisfaction
metrics-satisfaction-of = Mean of published reviews, out of 5
metrics-satisfaction-none = Reviews by at least five people are needed
metrics-by-department = By department
metrics-bands = Number of consultations
metrics-bands-lead = Each band has at least five people.
metrics-band = { $from } to { $to } consultations
metrics-band-from = { $from } consultations or more
metrics-band-any = 1 consultation or more
metrics-pseudonyms = List under pseudonyms
metrics-pseudonyms-lead = Pseudonyms change every month and belong to nobody: only the band is true.
metrics-pseudonym = Pseudonym
metrics-group-company = The whole company
metrics-hidden = Hidden
metrics-hidden-count = { $count ->
    [one] { $count } hidden figure
   *[other] { $count } hidden figures
}
metrics-hidden-cells = { $count ->
    [one] { $count } group
   *[other] { $count } groups
}
metrics-hidden-lead = A figure is published only if it says nothing about fewer than five people, even beside the others.
metrics-hidden-headcount = Hidden: the group has fewer than ten people.
metrics-hidden-people = Hidden: fewer than five people on one side or the other, in this group or in the rest of the company.
metrics-hidden-complement = Hidden: by subtraction, it would give the figure of a few people.
metrics-hidden-neighbours = Hidden: compared with other months, it would be about fewer than five people who joined, left or moved.
metrics-hidden-company = Hidden: the company’s own figure is too.

## What the company sees

metrics-setting-aggregate = Figures of groups
metrics-setting-aggregate-text = HR sees the figures of the company and of its departments, only where they are about enough people. Never those of one person.
metrics-setting-banded = In bands
metrics-setting-banded-text = HR sees how many people had how many consultations, in bands of at least five people, without names or departments.
metrics-setting-named = By person
metrics-setting-named-text = HR sees, for each person, the number of consultations of the month and their total duration. Never with whom, on which day, or why.
metrics-setting-error = Choose one of the three settings.
metrics-setting-agreed = The company’s agreement
metrics-setting-agreed-hint = Who agreed in the company: name and position.
metrics-setting-agreed-error = Say who agreed, in 200 characters at most.
metrics-setting-saved = The setting is saved. The employees are told.
metrics-disclosure-title = What HR sees
metrics-disclosure-lead = To be decided with { $company }: its HR cannot change it.
metrics-disclosure-choose = Choose
metrics-disclosure-from = In force from { $month }, or at once while no account has been activated. Months already lived keep their setting.
metrics-disclosure-setting = Setting
metrics-disclosure-past = Settings chosen
metrics-disclosure-now = Today:
metrics-disclosure-never = Nothing was chosen: the most discreet setting applies.
metrics-disclosure-agreed = agreed by { $who }
metrics-csv-group = Group
metrics-csv-accounts = Active accounts
metrics-csv-people = People
metrics-csv-users = Supported
metrics-csv-hidden = Why hidden

# The figures as JSON.
metrics-api-bad-date = Give two complete dates, “from” and “to” (2026-10-01), or none.
metrics-api-reversed = The last date is before the first.
metrics-api-too-long = The period is over two years.
metrics-api-out-of-range = This period is too far away.
metrics-api-whole-months = Only whole months are told here: from the first to the last day of a month.
