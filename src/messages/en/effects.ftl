# What a change of a list is made up of: rules, data, other schools

effect-title = What the change of the list is made up of
effect-head = Effect
effect-head-school = Effects
effect-head-stayed = Stayed where they were
effect-all = All
effect-rules = rules
effect-data = own data
effect-others-rules = displaced by rules
effect-others-data = displaced by data of others
effect-undetermined = on being undetermined: { $list }
effect-displacement = Displaced: the school moved only because rules or data changed the places of other schools; plus into a place that became free, minus out of its own.
effect-too-much = The effects of rules, data and displacement are not worked out, which takes long: { $schools } schools, { $movers } moved. To have them: --effects.
effect-no-tables = The effects of rules, data and displacement are not worked out: the two rule sets declare the tables of the data in different ways.
effect-no-columns = The effects of rules, data and displacement are not worked out: a column that the rules read is in one of the two datasets only.
effect-no-evaluation = The effects of rules, data and displacement are not worked out: the rules of one side cannot be evaluated on the data of the other.
effect-of-school = Effects: { $list }
