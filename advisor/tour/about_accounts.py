"""What customers write about accounts and the app: getting in, details, faults, wishes."""

from __future__ import annotations

from advisor.tour.topic import Topic

LOGIN_PROBLEM = Topic(
    "login_problem",
    share=85,
    neighbours=("account_details", "app_bug", "card_payment"),
    asks=(
        "I [cannot|can not|am unable to] [login|log in|sign in] [since {day}|on {device}|any more]",
        (
            "[my|the] [password|login] [is not accepted|does not work|is "
            "rejected] [although it is right|on {device}|since {day}]"
        ),
        "I forgot my password and the reset [mail never comes|link has expired|link does nothing]",
        "[the code|the login code|the text message with the code] [never arrives|comes too late|is always wrong]",
        "it says [too many attempts|account locked|wrong password] and [I am locked out|now login is blocked]",
        "I lost the phone with the code app, [how do I login|how do I sign in|I am locked out]",
        "after I enter my password [I land on the login again|nothing happens|it wants a code]",
        "the login page [keeps loading|fails on {device}|asks for a code I do not have]",
        "I am thrown out every few minutes and have to [sign in|login] again",
        "our [colleague|new hire] {name} [cannot sign in|is locked out|has login problems]",
        "[which|what] e-mail is my login? the password reset does not know me",
        "[single sign-on|login] [stopped working|sends us in circles] [since {day}|for the whole team]",
        "I never get the [confirmation code|password reset|login code], so I [cannot sign in|am locked out]",
    ),
    vague=("I am locked out", "it will not let me in", "no access since {day}", "what is my user name?"),
    besides=(
        "I can log in all right",
        "I had to reset my password first",
        "I am signed in on {device}",
        "logging in works again",
    ),
)

ACCOUNT_DETAILS = Topic(
    "account_details",
    share=75,
    neighbours=("login_problem", "card_payment", "late_delivery"),
    asks=(
        (
            "[please change|I need to change|how do I change] my [e-mail|address|phone "
            "number|name] [to a new one|in my profile|in my account]"
        ),
        "we have moved to {city}, [please update the address|where do I put the new address]?",
        "my [surname|name] [has changed|is misspelt], [it should be {name}|please correct my details]",
        "please [delete|erase|remove] [my account|my profile|all personal data you hold about me]",
        "[which|what] [personal data|details] do you [keep|store] about me? [I want a copy|send it to me]",
        "can I [merge|join] my two [accounts|profiles]? one is under my old [e-mail|name]",
        "the [company name|street address|postcode|date of birth] in my [account|profile] is [wrong|out of date]",
        "remove my [e-mail|phone number|old address] from [the newsletter|your mailing list]",
        "who is the owner of our account? please [change|update] it to {name}",
        "I got married, please update my [name|details]",
        "can the [account|profile] be [transferred|handed over] to [my colleague|{name}|my wife]?",
        "my old address in {city} is still in the [account|profile], please [update|change] it",
    ),
    vague=("new address: {city}", "it is {name} now", "please update this", "my details are wrong"),
    besides=(
        "my address has not changed",
        "my e-mail is still the same",
        "you have my details on file",
        "my account is under {name}",
    ),
)

APP_BUG = Topic(
    "app_bug",
    share=80,
    neighbours=("login_problem", "feature_request", "card_payment"),
    asks=(
        "[the app|your app] [crashes|closes|freezes] [when I open {screen}|on {device}|since the update]",
        (
            "[{screen}|{screen} in the app|the app] [shows an error|stays "
            "blank|is empty|never loads] [on {device}|since the update]"
        ),
        "[when|if] I [press|tap|click] save in {screen} [the app freezes|it crashes|I get an error]",
        "[a bug|the app]: the numbers in {screen} [are wrong|do not match|change each time I look]",
        "since [the update|version 4] {screen} [freezes|crashes|is blank] [on {device}|for all of us]",
        "I lost everything I entered in {screen} [when the app froze|after the crash|, surely a bug]",
        "the [upload|download|print] button in {screen} [is dead|does nothing|gives an error]",
        "[bug|in the app]: dates are [off by one day|in the wrong order|mixed up] in {screen}",
        "I get the same notification [five times|twice], [on {device}|since the update], must be a bug",
        "the text [overlaps|is cut off] in {screen} on {device} since the update",
        "there is a bug in {screen}: [it counts twice|the filter is ignored|the last row is missing]",
        "it freezes at [99%|the spinning wheel] in {screen}, [reinstalling did not help|same error on {device}]",
        "sync between {device} and the app [stopped|shows an error|crashes]",
    ),
    vague=("{screen} again", "it does nothing on {device}", "error 500", "it is stuck"),
    besides=(
        "the app is fine",
        "the site was slow too",
        "I use it on {device}",
        "I got an error message the first time",
    ),
)

FEATURE_REQUEST = Topic(
    "feature_request",
    share=60,
    neighbours=("app_bug", "plan_change", "account_details"),
    asks=(
        (
            "[it would be great|I would love it|a great feature] if "
            "{screen} [had a dark mode|could be sorted|worked offline]"
        ),
        (
            "could you [add|please add] [dark mode|a widget|an export to "
            "excel|keyboard shortcuts|a dutch version] [to {screen}|as a feature]"
        ),
        (
            "[is there|are you planning] an option to [share {screen} "
            "with a colleague|print {screen}|sort {screen} by date]?"
        ),
        "we would [love|like] [a link to slack|an api|reminders|several currencies] in {screen}",
        "[a suggestion|a feature|a request]: add an option to [rename|group|hide|copy] things in {screen}",
        "other apps have [templates|bulk edit|voice input], [would you add that|will you have that feature]?",
        "an option to [undo|select several at once|set a default] in {screen} would save hours",
        "feature request: [a bigger font|favourites|a weekly summary by mail] [for {screen}|on {device}]",
        "is [apple watch|landscape mode|a calendar link] a feature on your [roadmap|list]?",
        "[would be nice|feature idea,] to [see|add] {screen} [on {device}|as a chart|per week]",
    ),
    vague=("dark mode?", "can {screen} do more?", "an idea for {screen}", "please make it easier"),
    besides=(
        "I love what you did with {screen}",
        "an option to do it myself would be nice",
        "I could not find a button for it",
        "maybe you could improve that page",
    ),
)

TOPICS = (LOGIN_PROBLEM, ACCOUNT_DETAILS, APP_BUG, FEATURE_REQUEST)
