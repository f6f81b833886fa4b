# Scenarios compared

compare-title = What the scenarios change: { $rules }
compare-all = All scenarios
compare-scenario = Scenario “{ $title }”
compare-change = Change { $number }: { $change }
compare-gone = { $count ->
        [one] { $count } school is
       *[other] { $count } schools are
    } not in the second dataset: { $schools }.
compare-new = { $count ->
        [one] { $count } school is
       *[other] { $count } schools are
    } only in the second dataset: { $schools }.
compare-too-many = There are more than { $most } changes, so causes are not looked for school by school.
compare-category-same = { $category }: nothing changes, { $before ->
        [one] { $before } school is
       *[other] { $before } schools are
    } on the list.
compare-category = { $category }: on the list before { $before }, after { $after }. Entered: { $entered }; left: { $left }; stayed: { $stayed }.{ $opened ->
        [0] {""}
       *[other] {" "}No longer determined: { $opened }.
    }{ $settled ->
        [0] {""}
       *[other] {" "}Now known not to belong: { $settled }.
    }
compare-entered = { $category }: entered the list ({ $count })
compare-left = { $category }: left the list ({ $count })
compare-opened = { $category }: no longer determined ({ $count })
compare-settled = { $category }: now known not to belong ({ $count })
compare-other = { $category }: another verdict, the same list ({ $count })
compare-more = Not all are shown: { $count ->
        [one] { $count } more school
       *[other] { $count } more schools
    }. The full list is in the format json.
compare-not-there = not there
compare-criterion = { $number }: { $before } → { $after }
compare-or = {" "}or{" "}
compare-cause-alone = change { $list }
compare-cause-together = only together: { $list }
compare-share = { $number } – { $share }
compare-shares = (shares: { $list })
compare-head-scenario = Scenario
compare-head-group = Group
compare-head-before = On the list before
compare-head-after = On the list after
compare-head-entered = Entered
compare-head-left = Left
compare-head-opened = No longer determined
compare-head-settled = Now known not to belong
compare-head-transition = before ↓ · after →
compare-head-verdict = Verdict
compare-head-criteria = Criteria
compare-head-cause = Cause
compare-head-met-before = Met before
compare-head-met-after = Met after
compare-head-changed = Verdicts changed
