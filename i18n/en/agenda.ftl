# The practitioner’s agenda: hours, exceptions, places, settings.

agenda-nav = Agenda
agenda-title = My agenda
agenda-tab-calendar = Calendar
agenda-tab-hours = Hours
agenda-tab-places = Places
agenda-tab-settings = Settings
agenda-back = Back to the agenda

## Calendar

agenda-add-window = Add hours
agenda-add-exception = Add an exception
agenda-add-on = Add an exception on { $day }
agenda-new-title = Open your agenda
agenda-new-text = Enter the hours you consult each week: the slots follow from them and can be booked at once.
agenda-today = Today
agenda-previous-week = Previous week
agenda-next-week = Next week
agenda-previous-month = Previous month
agenda-next-month = Next month
agenda-go-to = Go to a date
agenda-go = Show
agenda-view = View
agenda-view-week = Week
agenda-view-month = Month
agenda-zone-note = This calendar is in the time of { $city }, your agenda’s own.
agenda-no-hours = No consultations
agenda-month-count = { $count ->
    [one] { $count } appointment
   *[other] { $count } appointments
}
agenda-month-waiting = { $count } to confirm
agenda-legend = Key
agenda-legend-consultation = Appointment
agenda-legend-keys = The arrow keys walk through the calendar.
agenda-block-window = Usual hours
agenda-block-alternate = Every other week
agenda-block-outside = Outside your hours.

## Usual hours

agenda-regular = Usual hours
agenda-regular-lead = Every week, in your agenda’s time.
agenda-slots = { $count ->
    [0] too short for a consultation
    [one] { $count } slot
   *[other] { $count } slots
}
agenda-begins = from { $day }
agenda-ends = until { $day }
agenda-window-new = Add hours
agenda-window-change = Change these hours
agenda-window-change-hint = The change holds from the date you choose. The weeks before it and the appointments already made stay as they are.
agenda-weekday = Day
agenda-weekday-missing = Choose a day of the week.
agenda-from = From
agenda-until = To
agenda-recurrence = How often
agenda-recurrence-hint = Every other week counts from the week of the first date.
agenda-recurrence-missing = Choose how often.
agenda-every-week = Every week
agenda-every-other-week = Every other week
agenda-valid-from = Starting on
agenda-valid-until = Until
agenda-place = Place of in-person consultations
agenda-place-hint = Video and audio appointments are possible anywhere.
agenda-place-main-option = { $name } (main place)
agenda-window-once = Only on { $day }:
agenda-window-once-open = Change the hours
agenda-window-once-close = Close that day
agenda-window-remove = Remove these hours
agenda-window-remove-from = Starting on
agenda-window-remove-hint = Appointments already made are kept: we will show them to you.
agenda-window-added = Your hours are added.
agenda-window-changed = Your hours are changed.
agenda-window-removed = These hours are removed. No appointment was cancelled.
agenda-window-overlaps = You already consult on { $day } ({ $hours }). Change those hours, or choose others.
agenda-window-too-short = That is less than a consultation of { $minutes } minutes: no slot would fit.

## Exceptions

agenda-exceptions = Exceptions ahead
agenda-exceptions-lead = Leave, public holidays, extra hours.
agenda-exceptions-none-title = No exception
agenda-exceptions-none = Close a day, announce your leave or open extra hours: your usual hours do not change.
agenda-exception-new = Add an exception
agenda-exception-change-open = Extra hours
agenda-exception-change-closed = Closure
agenda-exception-open = Extra hours
agenda-exception-closed = Closed
agenda-exception-unreadable = Unreadable name
agenda-days-between = from { $first } to { $last }
agenda-kind = What happens?
agenda-kind-missing = Choose whether you close or open.
agenda-kind-closed = I do not consult
agenda-kind-closed-detail = Leave, training, a few hours
agenda-kind-open = I consult at other hours
agenda-kind-open-detail = They replace that day’s hours
agenda-day = On
agenda-first-day = On, or from
agenda-last-day = Until
agenda-closed-hint = Without hours, the whole day is closed.
agenda-open-hint = These hours replace the usual ones of that date. Add some a second time for another part of the day.
agenda-label = Name
agenda-label-hint = For you alone: “Leave”, “Training”… Nobody else sees it.
agenda-exception-regular = Rather hours that come back every week, or the public holidays?
agenda-exception-opened = { $count ->
    [one] These hours can be booked.
   *[other] These hours can be booked on { $count } days.
}
agenda-exception-shut = { $count ->
    [one] It is closed. No appointment was cancelled.
   *[other] { $count } days are closed. No appointment was cancelled.
}
agenda-exception-changed = The exception is changed.
agenda-exception-removed = { $count ->
    [one] The exception is removed.
   *[other] { $count } days have their usual hours back.
}
agenda-exception-remove-open = Remove these hours
agenda-exception-remove-closed = Reopen
agenda-exception-remove-all = Reopen the whole period ({ $count } days)
agenda-exception-overlaps = On { $day }, an exception already covers { $hours }.
agenda-day-closed = { $day } is already closed all day. Reopen it first.
agenda-leave-too-long = A period lasts a year at most.

## Dates, times and figures of a form

agenda-time-unreadable = Enter a time, for example 09:00.
agenda-time-order = The end must come after the start, on the same day.
agenda-date-unreadable = Enter a date.
agenda-date-past = This date is past.
agenda-date-far = This date is too far away.
agenda-date-order = The end must come after the start.
agenda-text-too-long = { $most } characters at most.
agenda-figure-between = Enter a number between { $least } and { $most }.

## Public holidays

agenda-holidays-title = Public holidays
agenda-holidays-offer = Close those of the next twelve months at once.
agenda-holidays-link = Close the public holidays
agenda-holidays-lead = The next twelve months in France. Untick those on which you consult.
agenda-holidays-note = Appointments already made are kept: we will show them to you.
agenda-holidays-close = Close the ticked days
agenda-holidays-all = Every public holiday ahead is closed.
agenda-holidays-none = Tick at least one day.
agenda-holidays-unknown = This date is no public holiday ahead.
agenda-holidays-closed = { $count ->
    [0] These days were closed already.
    [one] One public holiday is closed.
   *[other] { $count } public holidays are closed.
}
agenda-holiday-is-closed = Closed already
agenda-holiday-regional = Alsace and Moselle
agenda-holiday-new-year = New Year’s Day
agenda-holiday-good-friday = Good Friday
agenda-holiday-easter-monday = Easter Monday
agenda-holiday-labour-day = Labour Day
agenda-holiday-victory-day = Victory in Europe Day
agenda-holiday-ascension = Ascension Day
agenda-holiday-whit-monday = Whit Monday
agenda-holiday-national-day = National Day
agenda-holiday-assumption = Assumption Day
agenda-holiday-all-saints = All Saints’ Day
agenda-holiday-armistice = Armistice Day
agenda-holiday-christmas = Christmas Day
agenda-holiday-saint-stephen = Saint Stephen’s Day

## Appointments outside the hours

agenda-outside-alert = { $count ->
    [one] One appointment is outside your hours
   *[other] { $count } appointments are outside your hours
}
agenda-outside-alert-text = Nothing was moved or cancelled. Decide for each.
agenda-outside-decide = Decide
agenda-outside-title = Appointments outside your hours
agenda-outside-lead = They were made before a change of your agenda. Nothing was moved or cancelled: keep them, or offer another date.
agenda-outside-keep = Keep
agenda-outside-move = Move
agenda-outside-kept = This appointment is kept at its time.
agenda-outside-kept-title = Kept at their time
agenda-outside-none-title = Everything is within your hours
agenda-outside-none = No appointment waits for a decision.

## Places

agenda-places-none-title = No place yet
agenda-places-none = Add the address where you receive people to offer in-person consultations.
agenda-place-new = Add a place
agenda-place-new-lead = Its address is given to people who book in person.
agenda-place-about = The place
agenda-place-name = Name
agenda-place-name-hint = As you call it: “Gambetta office”, “Medical centre”…
agenda-place-name-missing = Give this place a name.
agenda-place-address = Address
agenda-place-address-missing = Enter the full address.
agenda-place-directions = Getting in
agenda-place-directions-hint = Code, floor, intercom, step-free access… Given with the appointment.
agenda-place-main = Main place
agenda-place-make-main = Make it the main place
agenda-place-colleague = Shared with you
agenda-place-added = The place is added.
agenda-place-changed = The place is changed.
agenda-place-is-main = It is your main place from now on.
agenda-place-removed = The place is removed. The appointments planned there stay there.
agenda-place-is-last = It is your only place. To remove it, first untick “In person” in the settings.
agenda-place-is-shared = Colleagues still use this place. They must leave it first.
agenda-place-remove = Remove this place
agenda-place-leave = Leave this place
agenda-place-remove-lead = Your hours there move to the main place. Appointments already made stay.
agenda-place-unknown = Choose one of your places.
agenda-place-missing = First add a place where you receive people.
agenda-place-joined = This place is now yours too.
agenda-rooms = Rooms
agenda-rooms-lead = Each in-person appointment gets a room that is free. A room is never booked twice, not even by a colleague.
agenda-rooms-none = This place has no rooms: everybody receives as they wish.
agenda-rooms-count = { $count ->
    [one] { $count } room
   *[other] { $count } rooms
}
agenda-room-name = Name of the room
agenda-room-add = Add
agenda-room-remove = Remove
agenda-room-upcoming = { $count ->
    [one] { $count } appointment ahead
   *[other] { $count } appointments ahead
}
agenda-room-missing = Give the room a name.
agenda-room-exists = A room has this name already.
agenda-room-added = The room is added.
agenda-room-removed = The room is removed. The appointments planned there stay there.
agenda-people = Who receives here
agenda-people-lead = Colleagues who share the place share its rooms and nothing else: everybody’s agenda stays their own.
agenda-people-owner = In charge
agenda-share-start = Share with a colleague
agenda-share-renew = Change the code
agenda-share-stop = Stop sharing
agenda-share-code = Code to give
agenda-share-hint = Your colleague enters it in their own agenda, under “Places”. Changing it excludes nobody.
agenda-share-renewed = Give the new code to your colleague.
agenda-share-stopped = The code no longer works. Colleagues who are there stay.
agenda-share-unknown = This code opens no place. Check it with your colleague.
agenda-join-title = Receive at a colleague’s
agenda-join-lead = A colleague shares an office with you? Enter the code you were given.
agenda-join-code = Code
agenda-join-hint = Twelve letters and figures.
agenda-join-action = Join this place

## Settings

agenda-settings-slots = Your consultations
agenda-settings-slots-lead = How your hours become slots.
agenda-settings-example = Today, a morning from 9 to 12 gives these starts: { $starts }.
agenda-slot-minutes = Length of a consultation (minutes)
agenda-slot-minutes-hint = From 10 to 240. Appointments already made keep their length.
agenda-buffer-minutes = Break after each (minutes)
agenda-buffer-minutes-hint = To breathe, write your notes, welcome people. From 0 to 120.
agenda-daily-maximum = Consultations a day, at most
agenda-daily-maximum-hint = Leave empty for no limit.
agenda-timezone = Time zone of the agenda
agenda-timezone-hint = Your hours are in this time, summer and winter. Everybody sees them in their own.
agenda-zone-paris = Paris (mainland France)
agenda-zone-reunion = Réunion
agenda-zone-unknown = Choose a zone of the list.
agenda-settings-booking = Booking
agenda-settings-booking-lead = Who may book, and until when.
agenda-notice = Notice before an appointment (hours)
agenda-notice-hint = Closer than that, nobody can book any more. 12 hours by default.
agenda-horizon = Agenda open for (days)
agenda-horizon-hint = Beyond that, slots are not shown yet. 60 days by default.
agenda-new-clients = I welcome new people
agenda-new-clients-hint = Otherwise only the people you already see can book.
agenda-auto-confirm = Confirm without asking me
agenda-auto-confirm-hint = The appointment is confirmed as it is booked. Otherwise you have 24 hours to answer, less if the appointment is sooner.
agenda-settings-formats = How to meet you
agenda-settings-formats-lead = At least one format.
agenda-in-person-hint = It needs a place: see the “Places” tab.
agenda-format-missing = Choose at least one format.
agenda-settings-saved = Your settings are saved.
