# The employee's journal, and what they choose to share of it.

journal-nav = Journal
journal-title = My journal
journal-lead = A place of your own, to put down what weighs on you and keep what does you good.
journal-write = Write
journal-secret = Only you read it, except what you choose to share. Your pages, moods and tags are encrypted by our servers. Neither your employer nor our administration teams have access.
journal-stays = It stays yours if you leave the company
journal-empty-title = Your first page is waiting
journal-empty-text = A few words are enough, or just a mood. No need to write well or at length.
journal-empty-action = Write my first page

## Finding again

journal-search = Search my journal
journal-filter-mood = Mood
journal-filter-any-mood = Any mood
journal-filter-tag = Tag
journal-filter-any-tag = Any tag
journal-filter-month = Month
journal-filter-any-month = Any month
journal-found = { $count ->
    [0] No page found.
    [one] { $count } page found.
   *[other] { $count } pages found.
}
journal-all = See the whole journal
journal-searched-since = Your journal holds a great deal: we looked at the pages written since { $date }. Choose a month to go further back.
journal-none-title = Nothing like this in your journal
journal-none-text = Try another word, or fewer filters.
journal-untitled = Page of { $date }
journal-unreadable = This page cannot be read
journal-unreadable-text = Its content was damaged or is no longer accessible. If it was damaged, our technical team has been alerted, without learning anything of what you wrote. Your other pages are intact.
journal-unreadable-edit = This page cannot be read, so it cannot be changed.

## A page

journal-entry-title = Page of { $date }
journal-changed-at = changed on { $date }
journal-edit = Edit
journal-written = Your page is saved.
journal-changed = Your page is changed.
journal-deleted = The page is deleted.
journal-delete-title = Delete this page?
journal-delete-lead = Written on { $date }.
journal-delete-text = It will be gone for good, also for the practitioner with whom you may have shared it. Nothing of it will be kept.
journal-delete-action = Delete the page
journal-delete-keep = Keep it

## Writing

journal-new-title = A new page
journal-new-lead = Take all the time you need. A few words or a mood are enough.
journal-edit-title = Edit the page
journal-form-mood = How are you feeling?
journal-form-mood-none = Note no mood
journal-form-title = Title
journal-form-text = What you would like to put down
journal-form-text-hint = Nobody corrects, nobody judges.
journal-form-tags-own = Your tags
journal-form-tags = Add tags
journal-form-tags-hint = Separate them with a comma: sleep, work, family.
journal-form-save = Save
journal-form-empty = Write a few words, or choose a mood.
journal-form-title-too-long = This title has { $length } characters; { $most } at most.
journal-form-text-too-long = Your text has { $length } characters, and a page holds { $most }. Nothing is lost: keep a part of it here, and the rest on another page.
journal-form-tag-too-long = A tag has { $most } characters at most.
journal-form-too-many-tags = Keep { $most } tags at most.
journal-form-no-mood = Choose one of the five moods, or none.
journal-conflict-title = This page has changed meanwhile
journal-conflict-text = It was changed elsewhere, perhaps in another tab. Your words are still here, below: saving them will replace the other version.
journal-conflict-there = Read the other version
journal-conflict-leave = Keep the other version and leave this one
journal-draft-found = We found what you were writing.
journal-draft-drop = Start without it

## Something to begin with

journal-prompts-title = Something to begin with
journal-prompts-other = Another way to begin
journal-prompt-good-things = Three good things
journal-prompt-good-things-text = Note three things that went well today, however small, and what made them possible.
journal-prompt-weight = What weighs on me
journal-prompt-weight-text = What takes up the most room right now? What depends on you, and what does not?
journal-prompt-body = What my body says
journal-prompt-body-text = Where is there tension, where is there rest? Describe it without trying to change anything.
journal-prompt-friend = As to a friend
journal-prompt-friend-text = If a friend were going through what you are, what would you tell them? Write it to yourself.
journal-prompt-evening = Putting the day down
journal-prompt-evening-text = What have you done today that was enough? What can wait until tomorrow?

## Help, at once

journal-help-title = What you are going through matters. You do not have to carry it alone.
journal-help-text = If the pain becomes too heavy, or if you think about dying, talk to somebody now. It is free, day and night, and they will listen without judging you.
journal-help-secret = This message appears because of words or moods, and is not a diagnosis. Nobody is told, and nothing of it is kept.

## Moods

journal-mood-1 = Very hard
journal-mood-2 = Hard
journal-mood-3 = In between
journal-mood-4 = Rather good
journal-mood-5 = Very good

## Moods over time

journal-moods-title = My moods
journal-moods-lead = Day by day, without marks or judgement.
journal-moods-months = Change month
journal-moods-caption = Your moods of { $month }
journal-moods-page = a page, without a mood
journal-moods-noted = { $count ->
    [0] No mood noted this month.
    [one] { $count } mood noted this month.
   *[other] { $count } moods noted this month.
}
journal-trend-title = These last twelve weeks
journal-trend-few = The curve will appear once you have noted moods in two weeks.
journal-trend-now = this week
journal-trend-week = Week of
journal-trend-mean = Mean mood
journal-trend-count = Moods noted
journal-trend-note = From 1 (very hard) to 5 (very good), on average over the week. A curve that goes down says nothing about you: it says that times are heavy.
journal-moods-secret = These moods are decrypted for you, for the time it takes to show this page. No statistic of them is kept.

## Taking it along

journal-export-md = Export as Markdown
journal-export-pdf = Export as PDF
journal-export-file = journal
journal-export-on = Exported on { $date }.
journal-export-mood = Mood:
journal-export-tags = Tags:
journal-export-cut = This document ends here: your journal is longer than a PDF can reasonably hold. The Markdown export holds all of it.
journal-export-replaced = Some characters (emojis, other scripts) could not be drawn and are replaced by a question mark. The Markdown export holds all of them.

## Sharing

journal-share = Share
journal-share-title = Share this page
journal-share-lead = A practitioner of your choice will read this page as it is today, and nothing else of your journal.
journal-share-summary = Write a summary to share
journal-share-summary-lead = A few words to prepare a session: what happened since the last one, what you would like to talk about.
journal-share-text = Your summary
journal-share-text-hint = It does not appear among your pages: it is written for the person you choose.
journal-share-empty = Write a few words to share.
journal-share-practitioner = With whom
journal-share-practitioner-hint = The practitioners with whom you have, or had, an appointment.
journal-share-practitioner-choose = Choose a practitioner
journal-share-practitioner-missing = Choose one of your practitioners.
journal-share-last-day = Until
journal-share-last-day-hint = That day included. You can stop earlier, at any time.
journal-share-until-wrong = Choose a day between today and { $days } days from now.
journal-share-action = Share
journal-share-done = It is shared.
journal-share-revoke = Stop sharing
journal-share-revoked = The sharing has stopped. What was shared can no longer be read.
journal-share-with = Shared with { $name }
journal-share-until = Until { $date } included.
journal-share-copy = It is the page as it was when you shared it: your changes stay yours.
journal-share-span = From { $from } to { $until }
journal-share-a-page = A page
journal-share-a-summary = A summary
journal-share-somebody = a practitioner
journal-share-nobody-title = Nobody to share with for now
journal-share-nobody-text = You can share a page with a practitioner as soon as you have booked an appointment with them.
journal-share-secret = Only the person you choose can read what you share. On the last day, or when you stop, the copy and its key are destroyed.
journal-shares-title = What I share
journal-shares-lead = What you let others read of your journal, who, and until when.
journal-shares-empty-title = You share nothing
journal-shares-empty-text = Your journal is read by you alone. From a page, you can share it with your practitioner.
journal-shares-over = Sharing that has ended

## What a practitioner can read

journal-shared-nav = Shared pages
journal-shared-title = Pages shared with you
journal-shared-lead = What patients have chosen to let you read of their journals.
journal-shared-empty-title = Nothing is shared with you
journal-shared-empty-text = When a patient shares a page of their journal, you will find it here, until the day they have chosen.
journal-shared-on = Shared on { $date }, until { $until }
journal-shared-by = Shared by { $name }
journal-shared-mark = Shared by your patient
journal-shared-mark-text = This page comes from their personal journal. It is entrusted to you until the chosen date and can be taken back at any time.
journal-shared-unreadable = Its content was damaged or is no longer accessible. If it was damaged, our technical team has been alerted.
journal-shared-somebody = Somebody you care for
