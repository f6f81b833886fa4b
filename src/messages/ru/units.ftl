# Числа с единицами: $text показывается, $n выбирает форму слова.
quantity-percent = { $text } %
quantity-percentage-point = { $text } п. п.
quantity-points = { $text } { $n ->
    [one] балл
    [many] баллов
   *[other] балла
 }
    .genitive = { $text } { $n ->
        [one] балла
        [few] баллов
        [many] баллов
       *[other] балла
     }
quantity-mark = { $text } (отметка)
quantity-people = { $text } { $n ->
    [one] человек
    [many] человек
   *[other] человека
 }
    .genitive = { $text } { $n ->
        [one] человека
        [few] человек
        [many] человек
       *[other] человека
     }
quantity-year = { $text } { $n ->
    [one] год
    [many] лет
   *[other] года
 }
    .genitive = { $text } { $n ->
        [one] года
        [few] лет
        [many] лет
       *[other] года
     }
quantity-rouble = { $text } { $n ->
    [one] рубль
    [many] рублей
   *[other] рубля
 }
    .genitive = { $text } { $n ->
        [one] рубля
        [few] рублей
        [many] рублей
       *[other] рубля
     }
quantity-kilometre = { $text } км
quantity-minute = { $text } мин
quantity-hour = { $text } { $n ->
    [one] час
    [many] часов
   *[other] часа
 }
    .genitive = { $text } { $n ->
        [one] часа
        [few] часов
        [many] часов
       *[other] часа
     }
quantity-square-metre = { $text } м²
quantity-place = { $text } { $n ->
    [one] место
    [many] мест
   *[other] места
 }
    .genitive = { $text } { $n ->
        [one] места
        [few] мест
        [many] мест
       *[other] места
     }

# Названия единиц
unit-number = число без единицы
unit-ratio = отношение
unit-percent = проценты
unit-percentage-point = процентные пункты
unit-points = баллы
unit-points-of-scale = баллы шкалы «{ $scale }»
unit-mark = отметки
unit-people = люди
unit-year = годы
unit-rouble = рубли
unit-kilometre = километры
unit-minute = минуты
unit-hour = часы
unit-square-metre = квадратные метры
unit-place = места
unit-score = приведённая оценка

# Виды значений
type-number = число
type-number-of-unit = число ({ $unit })
type-text = текст
type-yes-no = да или нет
type-date = дата
# Число, о котором известны только пределы
value-between = от { $low } до { $high }
