# Booking an appointment.

booking-nav = Book
booking-action = Book an appointment

## Statuses and formats

booking-status-held = Being confirmed by you
booking-status-scheduled = Awaiting confirmation
booking-status-confirmed = Confirmed
booking-status-in-progress = In progress
booking-status-completed = Completed
booking-status-cancelled = Cancelled
booking-status-no-show = No-show
booking-status-practitioner-absent = Practitioner absent
booking-format-video = Video
booking-format-video-detail = From your computer or phone, camera on
booking-format-audio = Audio
booking-format-audio-detail = In the same online room, without the camera
booking-format-in-person = In person
booking-format-in-person-detail = At the practitioner’s office

## Search

booking-search-title = Find a practitioner
booking-search-lead = Choose a time: booking takes two clicks. Your employer will not know whom you see.
booking-search-text = Name, approach, town…
booking-search-specialty = Specialty
booking-search-any-specialty = Specialty
booking-search-availability = Availability
booking-search-any-time = When
booking-search-within = Within { $days } days
booking-search-format = Format
booking-search-any-format = Format
booking-search-language = Language
booking-search-any-language = Language
booking-search-count = { $count ->
    [0] No practitioner
    [one] One practitioner
   *[other] { $count } practitioners
}
booking-search-reset = Clear the filters
booking-search-none-title = Nobody fits these criteria
booking-search-none = Remove a filter or allow more time: other practitioners are here for you.
booking-search-next = First free times:
booking-search-all-slots = All times
booking-search-no-slot = No free time in the coming days.
booking-search-no-new-clients = Not taking new people for now.
booking-search-see-profile = See the profile
booking-fact-languages = Languages:
booking-fact-topics = Approaches and topics

## Profile and times

booking-profile-slots = Choose a time
booking-profile-period = From { $first } to { $last }
booking-profile-day = { $day }
booking-profile-length = { $minutes }-minute session
booking-profile-paging = Other dates
booking-profile-earlier = Earlier dates
booking-profile-later = Later dates
booking-profile-zone = Times are in your time zone ({ $own }). This practitioner works on { $other } time.
booking-profile-none-title = No free time on these dates
booking-profile-none = Everything is booked or closed for now.
booking-profile-next = Next free time: { $date }
booking-profile-about = About
booking-profile-experience = { $years ->
    [one] { $years } year of experience
   *[other] { $years } years of experience
}
booking-profile-training = Training

## Confirmation

booking-confirmation-title = Confirm the appointment
booking-confirmation-summary = Your appointment
booking-confirmation-with = With { $name }, { $minutes } minutes
booking-confirmation-zone = For your practitioner ({ $city }): { $when }
booking-confirmation-format = How would you like to talk?
booking-confirmation-format-missing = Choose how you would like to talk.
booking-confirmation-deadline = Your practitioner has 24 hours to confirm, less if the appointment is sooner. Without an answer, the time is released and you are told.
booking-message-label = A word for your practitioner
booking-message-hint = What brings you, a question, an accessibility need… It is kept encrypted, for you and your practitioner only.
booking-message-too-long = Your message is too long: { $length } characters, for { $most } at most.
booking-cancellation-rule = You can cancel at any time from “My appointments”. If possible, give at least 24 hours’ notice.
booking-confirmation-secrecy = Each month your employer sees a number and a duration at most: never with whom, nor why.
booking-confirmation-action = Confirm the appointment
booking-confirmation-other = Choose another time
booking-done = Your appointment is booked. An e-mail is on its way.

## A time that is kept

booking-hold-until = Kept for you until { $time }
booking-hold-last-minutes = You have two minutes left to confirm this appointment.
booking-hold-over-title = This time is no longer kept for you
booking-hold-over = The ten minutes are over and nothing was booked. Take your time: you can choose it again if it is still free.
booking-hold-gone = The ten minutes are over, or you chose another time since. Nothing was booked here.
booking-hold-again = Keep this time again
booking-hold-released = The time is free again. Choose the one that suits you.
booking-already = This appointment is already yours.

## Several sessions

booking-series-tabs = One session or several
booking-series-tab-one = One appointment
booking-series-tab-many = Several sessions
booking-series-title = Book several sessions
booking-series-every = How often
booking-series-weekly = Every week
booking-series-fortnightly = Every two weeks
booking-series-count = How many
booking-series-sessions = { $count } sessions
booking-series-show = Show the dates
booking-series-dates = Your sessions
booking-series-all-free = All these dates are free. Untick those that do not suit you.
booking-series-to-choose = { $count ->
    [one] One date is not free: choose what suits you instead.
   *[other] { $count } dates are not free: choose what suits you instead.
}
booking-series-held = Kept
booking-series-free = Free
booking-series-skip = No session
booking-series-nothing-near = Nothing else is free around this date.
booking-series-taken = This time is already taken.
booking-series-own-conflict = You have another appointment at this hour.
booking-series-day-full = Your practitioner takes no more appointments that day.
booking-series-outside-hours = Your practitioner does not work at this hour that day.
booking-series-action = Book these sessions
booking-series-conflicts = Some dates are still to be chosen. Nothing has been booked yet.
booking-series-done = Your sessions are booked. An e-mail is on its way.

## Refused

booking-refused-title = This time is no longer available
booking-refused-own-title = You already have an appointment at that time
booking-refused-company-title = Booking is suspended
booking-refused-clients-title = This practitioner is not taking new people
booking-refused-unreadable = This date could not be read. Choose a time below.
booking-refused-company = Your company’s access is suspended for now. The appointments you already have do not change. Please talk to your HR department.
booking-refused-limit-title = All your consultations of the year are booked
booking-refused-limit = Your company provides a number of consultations per person and year, and you have reached it. Cancelling an appointment in time gives it back. In an emergency, 15, 112 and 3114 are there for you.
booking-share = { $left ->
    [0] You have booked your { $most } consultations of the year.
    [one] You have one consultation left this year, of { $most }.
   *[other] You have { $left } consultations left this year, of { $most }.
}
booking-refused-clients = Their calendar stays open to the people they already see. Other practitioners can see you soon.
booking-refused-room = Every room is taken at that time. Choose video or audio to keep this slot, or another slot.
booking-refused-others = See other practitioners
booking-refused-own-link = See my appointments
booking-refused-full-title = No time nearby
booking-refused-full = There is no other free time around this date.
booking-refused-calendar = See all their times
booking-refused-alternatives = The nearest free times
booking-refused-alternatives-lead = With { $name }. One click is enough to choose.
booking-refusal-past = This time is already over.
booking-refusal-too-soon = This time is too close to be booked now.
booking-refusal-beyond-horizon = The calendar is not open yet for this date.
booking-refusal-outside-hours = This practitioner offers no appointment at this time.
booking-refusal-own-conflict = One of your appointments is at the same time. Choose another time, or cancel the other appointment first.
booking-refusal-taken = Somebody has just booked this time. No appointment was made.
booking-refusal-day-full = This practitioner takes no more appointments on that day.
booking-search-gender = Gender
booking-search-any-gender = Gender
booking-search-sort = Sort by
booking-sort-soonest = Soonest
booking-sort-rating = Best rated
booking-sort-experience = Most experienced
booking-search-next-free = Next available:
booking-profile-video = Watch the introduction video
booking-reviews-title = Reviews
booking-reviews-wordless = Those who gave a rating left no comment.
booking-reviews-note = Each review comes from someone who consulted this practitioner. It is read before it is published, and bears no name.
booking-reviews-mean = { $count ->
    [one] { $average } out of 5 · { $count } review
   *[other] { $average } out of 5 · { $count } reviews
}
booking-reviews-stars = { $stars ->
    [one] { $stars } star out of 5
   *[other] { $stars } stars out of 5
}

## Waiting list

booking-waitlist-title = Waiting list
booking-waitlist-lead = When somebody gives back a time that suits you, we offer it to you first.
booking-waitlist-new = Ask for an earlier time
booking-waitlist-new-title = Be told of an earlier time
booking-waitlist-new-lead = Tell us what would suit you. As soon as a time is given back, it is kept for you while you answer.
booking-waitlist-offer = A time has come free for you
booking-waitlist-accept = Take this time
booking-waitlist-decline = No, thank you
booking-waitlist-declined = Noted. You keep your place on the waiting list.
booking-waitlist-over = This offer is no longer waiting for an answer.
booking-waitlist-requests = Your requests
booking-waitlist-requests-lead = They stay active until you take a time we offer, or withdraw them.
booking-waitlist-since = Since { $date }
booking-waitlist-withdraw = Withdraw
booking-waitlist-withdrawn = The request is withdrawn.
booking-waitlist-added = Noted: we will tell you as soon as a time comes free.
booking-waitlist-twice = You are already waiting for a time with this practitioner.
booking-waitlist-too-many = You already have five requests waiting. Withdraw one to add another.
booking-waitlist-full = Five requests can wait at a time. Withdraw one to add another.
booking-waitlist-none-title = You are not waiting for any time
booking-waitlist-none = No date soon enough? Make a request: you will be told as soon as somebody gives back a time.
booking-waitlist-search = See free times
booking-waitlist-secrecy = Neither your employer nor the practitioner sees your requests.
booking-waitlist-rule = A time we offer is kept for you for 30 minutes. Then it goes to the next person.
booking-waitlist-with = With { $name }
booking-waitlist-with-anybody = Search more widely
booking-waitlist-anybody = Any practitioner
booking-waitlist-gone = This practitioner no longer works here
booking-waitlist-any-specialty = Any specialty
booking-waitlist-any-language = Any language
booking-waitlist-days = Which days suit you?
booking-waitlist-no-day = Choose at least one day.
booking-waitlist-from = From
booking-waitlist-until = Until
booking-waitlist-bad-time = Give a time, for example 14:30.
booking-waitlist-bad-hours = The end must come after the beginning.
booking-waitlist-last-day = On this day at the latest
booking-waitlist-last-day-hint = For example the day before an appointment that you already have.
booking-waitlist-bad-date = Give a date, for example 15/12/2026.
booking-waitlist-bad-range = Choose a date from today and within a year.
booking-waitlist-bad-choice = Choose an answer from the list.
booking-waitlist-ask = Tell me
booking-waitlist-every-day = Every day
booking-waitlist-working-days = Monday to Friday
booking-waitlist-between = from { $from } to { $until }
booking-waitlist-after = from { $from }
booking-waitlist-before = until { $until }
booking-waitlist-until-day = { $date } at the latest
booking-waitlist-monday = Monday
booking-waitlist-tuesday = Tuesday
booking-waitlist-wednesday = Wednesday
booking-waitlist-thursday = Thursday
booking-waitlist-friday = Friday
booking-waitlist-saturday = Saturday
booking-waitlist-sunday = Sunday
booking-waitlist-mon = Mon
booking-waitlist-tue = Tue
booking-waitlist-wed = Wed
booking-waitlist-thu = Thu
booking-waitlist-fri = Fri
booking-waitlist-sat = Sat
booking-waitlist-sun = Sun
booking-waitlist-link = Tell me if an earlier time comes free
booking-agreement-title = Your agreement is needed to book
booking-agreement-text = An appointment is data about your health: without your agreement we record neither bookings nor requests for the waiting list. You are free to look at the times, and to agree whenever you wish.
booking-agreement-action = Read and agree
