# The employee's journal, and what they choose to share of it.

journal-nav = Journal
journal-title = My journal
journal-lead = A place of your own, to put down what weighs on you and keep what does you good.
journal-write = Write
journal-secret = Only you read it. Your pages, moods and tags are encrypted by our servers. Neither your employer nor our administration teams have access.
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
journal-unreadable-text = Its content was damaged or is no longer accessible. Our technical team has been alerted, without learning anything of what you wrote. Your other pages are intact.
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
journal-new-lead = Take all the time you need. Everything is optional.
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
