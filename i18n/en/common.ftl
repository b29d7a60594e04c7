# What all pages share.

common-product = HuntZen Care
common-skip = Skip to content
common-navigation = Navigation
common-shortcuts = Shortcuts
common-more = More
common-breadcrumbs = Breadcrumb
common-loading = Loading…
common-close = Close
common-optional = (optional)
common-save = Save
common-delete = Delete
common-cancel = Cancel
common-export = Export
common-edit = Edit
common-search = Search
common-details = Details
common-continue = Continue
common-back = Back
common-see-all = See all
common-filter = Filter
common-sign-in = Sign in
common-sign-out = Sign out
common-account = My account
common-my-space = My space

## Spaces and roles

common-space-public = Home
common-space-account = My account
common-space-employee = My space
common-space-practitioner = Practitioner space
common-space-hr = HR space
common-space-admin = Administration
common-space-super-admin = Supervision
common-role-visitor = Visitor
common-role-employee = Employee
common-role-practitioner = Practitioner
common-role-hr = Human resources
common-role-admin = Administration
common-role-super-admin = Supervision

## Preferences

common-language = Language
common-theme = Appearance
common-theme-system = Same as my device
common-theme-light = Light
common-theme-dark = Dark

## Emergency help

common-help = Need help?
common-help-title = Help, right now
common-help-lead = If you are in distress or in danger, call now. It is free, day and night.
common-help-company = Your company also says
common-help-3114 = Suicide prevention (France)
common-help-3114-detail = Health professionals listen, in confidence
common-help-15 = SAMU (France)
common-help-15-detail = Medical emergency
common-help-112 = European emergency number
common-help-112-detail = Anywhere in Europe
common-emergency-line = In immediate danger: call 15 or 112. Suicide prevention in France: 3114, free, day and night.

## Forms and lists

common-form-errors = { $count ->
    [one] One field needs your attention
   *[other] { $count } fields need your attention
}
common-password-show = Show the password
common-pagination = Pages
common-pagination-range = { $first } to { $last } of { $total }
common-pagination-previous = Previous
common-pagination-next = Next
common-pagination-page = Page { $number }
common-chart-data = Show the figures

## Errors

common-error-home = Back to the home page
common-error-back = Go back
common-error-retry = Try again
common-error-reference = Reference to give to support:
common-error-401-text = Sign in first: this address answers the session that is open in your browser.
common-error-403-title = This page is not open to you
common-error-403-text = Your account may not use it. If you think this is a mistake, talk to whoever manages the accounts of your organisation.
common-error-404-title = Page not found
common-error-404-text = This page does not exist, or no longer does. Check the address, or start again from the home page.
common-error-409-title = Things have changed
common-error-422-title = We did not understand this request
common-error-500-title = Something did not work
common-error-500-text = The problem is on our side and has been recorded. Nothing you had saved is lost. Please try again in a moment.
common-error-maintenance-title = We will be right back
common-error-maintenance-text = The service is under maintenance for a few minutes. Your appointments and your data do not change.

common-notifications = Notifications
common-bell = { $count ->
    [0] Notifications
    [one] Notifications: { $count } unread
   *[other] Notifications: { $count } unread
}

## E-mails

common-mail-footer = This message was sent to you by HuntZen Care
common-mail-neutral = Appointments
common-mail-footer-neutral = This message is automatic
common-mail-link = If the button does not open, copy this address into your browser:

common-error-409-text = Someone changed this before you did. Go back to see where things stand.
common-error-422-text = This request is not in the form we expect. Nothing was changed. Go back and try again.
common-error-stale-form = This page was open for too long, or in another session. Nothing was changed: go back, reload the page and send it again.
common-error-too-large = What you sent is too large. Nothing was changed.
common-waiting = { $count ->
    [one] 1 item to see
   *[other] { $count } items to see
}

# Answers.
common-yes = yes
common-no = no

## Formatted texts

common-rich-tools = Formatting
common-rich-bold = Bold
common-rich-italic = Italic
common-rich-strike = Strikethrough
common-rich-link = Link
common-rich-heading = Heading
common-rich-quote = Quotation
common-rich-list = Bulleted list
common-rich-numbers = Numbered list
common-rich-outdent = Indent less
common-rich-indent = Indent more
common-rich-undo = Undo
common-rich-redo = Redo
common-rich-address = Address of the link
common-rich-link-set = Add the link
common-rich-link-remove = Remove the link
