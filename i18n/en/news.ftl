# A company's news: written by HR, read by employees.

news-nav = News

## Employees

news-title = News
news-lead = What your company has to tell you.
news-none-title = Nothing new for now
news-none = When your company publishes something, you will read it here.
news-home = Back to your home page
news-new = New
news-by = { $company }, { $date }
news-mark = I have read it
news-read = You have read this.
news-secrecy = Your employer does not know who reads its news. At most it knows a rounded number, and only once at least five people have read it and five have not.

## HR: the list

news-hr-title = Company news
news-hr-lead = What you tell your employees, in their own space.
news-hr-none-title = Your first piece of news
news-hr-none = A new room, a workshop, a change in a team: write it, choose for whom, publish it now or later.
news-hr-none-here = No news here
news-hr-none-here-text = Your other news are in the tabs beside this one.
news-write = Write a piece of news
news-status-all = All
news-status-draft = Draft
news-status-scheduled = Scheduled
news-status-published = Published
news-status-archived = Archived
news-when-changed = Changed on { $date }
news-when-scheduled = To appear on { $date }
news-when-published = Published on { $date }
news-for-all = The whole company
news-for-some = For: { $departments }
news-reach-short = read by at least { $count } people

## HR: writing

news-form-new = Write a piece of news
news-form-edit = Change this piece of news
news-form-title = Title
news-form-title-missing = Give it a title.
news-form-title-long = The title is too long: { $count } characters at most.
news-form-text = Text
news-form-text-hint = Your employees will read it as it is. Write nothing about anybody’s health.
news-form-text-missing = What is scheduled or published cannot be empty.
news-form-text-long = This text has { $length } characters; a piece of news takes { $most } at most. Nothing is lost: shorten it.
news-form-text-markup = This text has too much formatting to be saved. Paste it again without its formatting.
news-form-audience = For whom?
news-form-audience-missing = Choose for whom.
news-form-all = The whole company
news-form-all-detail = Every employee will read it.
news-form-some = Some departments
news-form-some-detail = They alone will see it.
news-form-departments = Departments
news-form-departments-missing = Tick at least one department.
news-form-departments-unknown = One of these departments is gone. Choose again.
news-form-mail = Tell them by e-mail too
news-form-mail-hint = The e-mail has the title and a link, nothing else. It does not go to those who do not want it.
news-form-keep = Save
news-form-published = This piece of news is published
news-form-published-text = You can correct its title and its text. Its address and its readers no longer change.
news-conflict-title = Somebody changed this piece of news meanwhile
news-conflict-text = What you wrote is below. Saving it will replace what the other wrote.
news-conflict-there = Read what is saved
news-draft-kept = Your draft is saved. Read it again, then publish it.
news-saved = Your changes are saved.

## HR: one piece of news

news-edit = Change
news-preview = What your employees will read
news-preview-empty = The text is still empty.
news-life = Publication
news-for = For whom
news-told = Announced
news-told-app = In the application
news-told-mail = In the application and by e-mail
news-publish = Publish now
news-schedule-or = Or later, at the hour you choose:
news-schedule-day = Day
news-schedule-hour = Hour
news-schedule = Schedule
news-hour-none = There is no such hour. Choose another one.
news-hour-past = This hour is over.
news-hour-far = Choose a day within the coming year.
news-withdraw = Back to a draft
news-archive = Archive
news-archive-hint = Employees no longer see what is archived. You can publish it again.
news-restore = Publish again
news-delete = Delete
news-delete-title = Delete this piece of news?
news-delete-text = “{ $title }” and its picture will be deleted for good.
news-delete-confirm = Delete for good
news-step-refused = This piece of news changed meanwhile. Look where it stands.
news-step-empty = Write a text before you publish.
news-done-published = It is published. Those whom it is for are told.
news-done-scheduled = It is scheduled, and will appear at its hour.
news-done-withdrawn = It is a draft again.
news-done-archived = It is archived: employees no longer see it.
news-done-restored = It can be read again.
news-done-deleted = It is deleted.

news-reach = Readers
news-reach-later = It is first counted at night, at least twelve hours after it was published.
news-reach-shown = At least { $count } people of { $audience }
news-reach-hidden = No number for now: too few people read it, or too few did not.
news-reach-why = Counted once a night and rounded down to five, from five readers on. Nobody can know who read it.

news-picture = Picture
news-picture-file = Your picture
news-picture-hint = JPEG, PNG or WebP, 5 MB at most. Where and when it was taken is removed.
news-picture-alt = What it shows
news-picture-alt-hint = Read aloud to whoever does not see it. Leave it empty if it only decorates.
news-picture-alt-long = The description is too long: { $count } characters at most.
news-picture-add = Add the picture
news-picture-replace = Replace the picture
news-picture-remove = Remove the picture
news-picture-missing = Choose a picture.
news-picture-large = This picture is larger than 5 MB.
news-picture-unreadable = This file is no JPEG, PNG or WebP picture that we can read.
news-picture-kept = The picture is saved.
news-picture-removed = The picture is removed.

## The e-mail

news-mail-text = { $company } has just published something. You can read it in your space.
news-mail-action = Read it
news-mail-note = You choose in your preferences whether these e-mails reach you.
