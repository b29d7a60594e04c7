# After the consultation: reviews, reports, and those who read them first.

## The appointment's page

moderation-after-title = How was this consultation?
moderation-after-lead = Your review helps others to choose. It appears without your name.
moderation-after-action = Leave a review
moderation-after-yours = Your review
moderation-after-pending = Thank you! It will be read before it is published, without your name.
moderation-after-published = It is published on the practitioner’s profile, without your name.
moderation-after-refused = It was not published: { $reason }. What you had written has been erased.
moderation-report-question = A problem during this appointment?
moderation-report-link = Report it
moderation-report-open = You reported a problem on { $date }. We are looking into it:
moderation-report-closed = The problem that you reported on { $date } has been dealt with:

## Leaving a review

moderation-review-title = Your review
moderation-review-lead = Of your consultation with { $name }.
moderation-review-rating = Your rating
moderation-review-rating-missing = Choose from one to five stars.
moderation-review-comment = A few words
moderation-review-comment-hint = Say what helped you or what was missing. Write nothing that could identify you.
moderation-review-secrecy = Encrypted until it is published. Somebody at HuntZen Care reads it without knowing who wrote it. Only the month, the rating and your words appear. Your employer knows nothing of it.
moderation-review-action = Send my review
moderation-review-later = Later
moderation-review-done = Thank you! Your review will be published, without your name, once it has been read.
moderation-review-already = You have already reviewed this consultation.
moderation-review-not-yet = You can leave a review once the consultation is over.

## Reporting a problem

moderation-report-title = Report a problem
moderation-report-lead = The HuntZen Care team gets the kind of problem and the practitioner’s name, nothing else. The other person is not told.
moderation-report-category = What happened?
moderation-report-choose = Choose
moderation-report-category-missing = Choose what happened.
moderation-report-details = Anything you want to add
moderation-report-details-hint = What you write here is read by the team, and erased once the problem has been dealt with.
moderation-report-action = Send the report
moderation-report-done = Thank you for telling us. We are looking into it.
moderation-report-already = You have already reported a problem with this appointment.
moderation-category-technical = Technical: sound, picture, connection
moderation-category-punctuality = Late, or ended early
moderation-category-conduct = Inappropriate behaviour or words
moderation-category-safety = Somebody may be in danger
moderation-category-other = Something else
moderation-too-long = That is too long: { $count } characters at most.

## Administration

moderation-title = Moderation
moderation-lead = What waits for a decision: reviews before they are published, and reported problems.
moderation-tab-reviews = Reviews
moderation-tab-reports = Reports
moderation-no-review-title = No review to read
moderation-no-review = New reviews appear here before they are published.
moderation-no-report-title = No report
moderation-no-report = Problems that a person or a practitioner reports appear here.
moderation-no-comment = A rating, without a comment.
moderation-no-details = Nothing is attached to this report.
moderation-unreadable = This text cannot be read.
moderation-by-practitioner = Reported by the practitioner
moderation-by-employee = Reported by a person they see
moderation-publish = Publish without a name
moderation-refusal = Reason for refusing
moderation-refusal-missing = Choose why.
moderation-refusal-insult = insulting words
moderation-refusal-privacy = somebody could be identified
moderation-refusal-off-topic = not about the consultation
moderation-refusal-advertising = advertising
moderation-refuse = Refuse
moderation-close = Mark as dealt with
moderation-done-published = The review is published.
moderation-done-refused = The review is refused, and what was written is erased.
moderation-done-closed = The report is dealt with, and what was attached is erased.
moderation-secrecy = You see neither who wrote nor after which consultation: no administrator can.
