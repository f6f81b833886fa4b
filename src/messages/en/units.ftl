# Numbers with units: $text is shown, $n selects the form of the word.
quantity-percent = { $text }%
quantity-percentage-point = { $text } pp
quantity-points = { $text } { $n ->
    [one] point
   *[other] points
 }
    .genitive = { $text } { $n ->
        [one] point
       *[other] points
     }
quantity-mark = { $text } (mark)
quantity-people = { $text } { $n ->
    [one] person
   *[other] people
 }
    .genitive = { $text } { $n ->
        [one] person
       *[other] people
     }
quantity-year = { $text } { $n ->
    [one] year
   *[other] years
 }
    .genitive = { $text } { $n ->
        [one] year
       *[other] years
     }
quantity-rouble = { $text } { $n ->
    [one] rouble
   *[other] roubles
 }
    .genitive = { $text } { $n ->
        [one] rouble
       *[other] roubles
     }
quantity-kilometre = { $text } km
quantity-minute = { $text } min
quantity-hour = { $text } { $n ->
    [one] hour
   *[other] hours
 }
    .genitive = { $text } { $n ->
        [one] hour
       *[other] hours
     }
quantity-square-metre = { $text } m²
quantity-place = { $text } { $n ->
    [one] place
   *[other] places
 }
    .genitive = { $text } { $n ->
        [one] place
       *[other] places
     }

# Names of units
unit-number = a plain number
unit-ratio = a ratio
unit-percent = per cent
unit-percentage-point = percentage points
unit-points = points
unit-points-of-scale = points of the scale “{ $scale }”
unit-mark = marks
unit-people = people
unit-year = years
unit-rouble = roubles
unit-kilometre = kilometres
unit-minute = minutes
unit-hour = hours
unit-square-metre = square metres
unit-place = places
unit-score = a normalised score

# Kinds of values
type-number = a number
type-number-of-unit = a number ({ $unit })
type-text = a text
type-yes-no = yes or no
type-date = a date
# A number of which only the bounds are known
value-between = { $low } to { $high }
