# Объяснение решения по одной школе
explain-numbered = { $number } «{ $title }»
explain-criterion = Критерий { $name }
explain-group = Группа { $name }
explain-category = Категория { $name }
explain-rule = По правилам: { $text }
explain-basis = Основание: { $text }
explain-explanation = Пояснение: { $text }
explain-reading = Как понято: { $text }

explain-policy-undetermined = Данных не хватает: критерий остаётся неопределённым
explain-policy-not-met = Данных не хватает: по правилам критерий считается невыполненным
explain-policy-met = Данных не хватает: по правилам критерий считается выполненным
explain-policy-not-applicable = Данных не хватает: по правилам критерий считается неприменимым
explain-no-matching-rows = Ни одна строка этой школы в таблице «{ $table }» не подходит (всего { $count ->
    [one] { $count } строка
    [few] { $count } строки
   *[other] { $count } строк
 })
explain-missing-cells = Не хватает данных:
explain-no-rows = Нет ни одной строки для этой школы в таблице «{ $table }»
explain-alternatives = Решение по категории, если бы критерий был выполнен: «{ $met }»; если бы не был: «{ $not_met }»
explain-open = Решение зависит от недостающих данных

explain-populations = В какие совокупности школа не входит
explain-outside-condition = «{ $name }»: не выполнено условие совокупности
explain-outside-base = «{ $name }»: школа не входит в совокупность «{ $base }»
explain-excluded = «{ $name }»: школа исключена
explain-membership-unknown = «{ $name }»: неизвестно, входит ли школа ({ $reasons })

condition-true = верно
condition-false = неверно
condition-unknown = неизвестно ({ $reasons })

explain-parameter = Параметр «{ $name }»
explain-replaced = изменён для этого расчёта, в правилах { $before }
explain-indicator = Показатель «{ $name }»
explain-index = Индекс «{ $name }»
explain-function = Функция «{ $name }»
explain-key = Для значения «{ $key }»
explain-key-otherwise = В остальных случаях
explain-key-nothing = Для этого случая значение не задано
explain-link = { $table }: «{ $name }»
explain-link-empty = { $table }: в строке не указано, с чем связана ({ $reasons })
explain-link-nowhere = { $table }: «{ $name }» не найдено

explain-comparison-unknown = значение: { $left }, требуется: { $relation } { $right }
explain-comparison-masked = { $relation } { $right }, значение не публикуется
explain-comparison = { $left } { $relation } { $right }
relation-less = менее
relation-at-most = не более
relation-more = более
relation-at-least = не менее
relation-equal = =
relation-not-equal = не равно
explain-on-threshold = ровно на пороге
explain-margin = запас { $distance }
explain-short-of-range = до границы промежутка { $distance }
explain-short-by = до порогового значения { $distance }
explain-between = { $value } в пределах от { $low } до { $high }
explain-not-between = { $value } вне пределов от { $low } до { $high }
explain-one-of = { $value } – одно из: { $options }
explain-none-of = { $value } – ни одно из: { $options }
explain-in-list-unknown = значение: { $value }, требуется: в списке «{ $name }»
explain-not-in-list-unknown = значение: { $value }, требуется: не в списке «{ $name }»
explain-in-list = { $value } в списке «{ $name }»
explain-not-in-list = { $value } не в списке «{ $name }»
explain-on-date = {" "}на { $date }
explain-entry = запись «{ $value }»{ $period }
explain-other-period = В списке есть «{ $value }»{ $period }, но на эту дату запись не действует
explain-from-date = {" "}с { $date }
explain-to-date = {" "}по { $date }

explain-is-known = Значение известно
explain-is-not-known = Значение неизвестно
explain-is-missing = Данных нет
explain-is-suppressed = Значение скрыто
explain-is-invalid = Значение недостоверно
explain-is-not-applicable = Значение не применимо
explain-all-conditions = Все условия вместе
explain-any-condition = Хотя бы одно из условий
explain-negation = Неверно, что выполнено условие ниже
explain-branch = Случай { $n }
explain-otherwise = Остальные случаи ({ $n ->
    [1] случай 1 не подошёл
   *[other] не подошёл ни один из первых { $n }
 })
explain-branch-undecided = Неизвестно, какой из случаев подходит

explain-count-criteria = Выполнено критериев: { $met } из { $total } ({ $asked })
explain-count-groups = Выполнено групп: { $met } из { $total } ({ $asked })
explain-count-conditions = Выполнено условий: { $met } из { $total } ({ $asked })
explain-count-undetermined = не определено: { $count }
explain-count-not-applicable = не применимо: { $count }
asked-all = нужны все
asked-at-least = нужно не менее { $n }
asked-at-most = допустимо не более { $n }
asked-exactly = нужно ровно { $n }
explain-criterion-status = Критерий { $number } { $asked } (на деле: { $found })

explain-withheld = Значение не используется: { $reasons }
explain-withheld-unknown = Неизвестно, используется ли значение ({ $reasons }, если выполнено условие):
explain-fallback-first = Взято основное значение
explain-fallback-second = Основное значение скрыто, взято запасное
explain-each-year = В каждом году: { $years }
explain-at-least-years = Не менее чем в { $n ->
    [one] { $n } году
   *[other] { $n } годах
 } из: { $years }
explain-years-in-a-row = { $n ->
    [one] { $n } год
    [few] { $n } года
   *[other] { $n } лет
 } подряд среди: { $years }
explain-mean-of-years = Среднее годовых значений за { $years }
explain-met-count = Число выполненных критериев
explain-met-count-none = {" "}(категория школы не касается)
explain-met-count-of = {" "}(из { $of }{ $undetermined ->
    [0] {""}
   *[other] , не определено { $undetermined }
 })
explain-not-shown = Ход расчёта слишком длинный и показан не весь:{" "}

# Строки таблиц
aggregate-mean = Среднее
aggregate-weighted-mean = Средневзвешенное
aggregate-sum = Сумма
aggregate-count = Количество
aggregate-count-distinct = Количество различных
aggregate-minimum = Наименьшее
aggregate-maximum = Наибольшее
aggregate-median = Медиана
aggregate-share = Доля
aggregate-latest = Последнее значение
aggregate-quantile = Квантиль
aggregate-of-school = { $function } по строкам таблицы «{ $table }» для этой школы
aggregate-of-all = { $function } по всем строкам таблицы «{ $table }»
aggregate-of-stratum = { $function } по той же группе строк таблицы «{ $table }»
aggregate-of-others = { $function } по остальным строкам той же группы таблицы «{ $table }»
aggregate-group = {" "}(группа «{ $group }»)
aggregate-among = , совокупность «{ $population }»
aggregate-condition = Условие для строк: { $text }
aggregate-source = { $title }: столбец «{ $header }», { $count ->
    [one] файл { $files }
   *[other] файлы { $files }
 }
aggregate-window = , { $years }
rows-taken = { $count ->
    [one] учтена { $count } строка
    [few] учтены { $count } строки
   *[other] учтено { $count } строк
 }
rows-absent = не учтено { $count } ({ $reasons })
rows-undecided = { $count ->
    [one] о { $count } строке неизвестно, подходит ли она под условие
   *[other] о { $count } строках неизвестно, подходят ли они под условие
 }
rows-suppressed = скрыто: { $count }
rows-not-matching = не подходит под условие: { $count }
row-left-out = не учтено – { $why }
row-not-matching = не подходит под условие
row-undecided = неизвестно, подходит ли ({ $reasons })
row-outside-window = другой год
row-value = значение
row-weight = , вес { $weight }
explain-rows-not-listed = ещё { $count ->
    [one] { $count } строка не показана
    [few] { $count } строки не показаны
   *[other] { $count } строк не показаны
 }

# Отбор
rank-among-lowest = В числе самых низких, «{ $population }»{ $within }
rank-among-highest = В числе самых высоких, «{ $population }»{ $within }
rank-not-among-lowest = Не в числе самых низких, «{ $population }»{ $within }
rank-not-among-highest = Не в числе самых высоких, «{ $population }»{ $within }
rank-within = {" "}в пределах «{ $stratum }»
rank-place = Место { $place } из { $ranked }
rank-places = Места с { $first } по { $last } из { $ranked } (равные значения)
rank-outside = Школа не входит в совокупность и в отборе не участвует
rank-masked = Место не публикуется
rank-no-value = Места нет: { $reasons }
rank-not-ranked = В этой группе отбор не проводился
rank-quota-count = Отбирается: { $quota }
rank-quota-share = Отбирается { $share } от { $base } ({ $of }) = { $exact }, после округления { $how } – { $quota }
rank-quota-whole = Отбирается { $share } от { $base } ({ $of }) = { $quota }
rank-base-ranked = школы со значением
rank-base-of = совокупность «{ $population }»
rank-cut-off = Граница отбора: { $cut_off }; отобрано школ { $selected }, ровно на границе { $tied }
rank-on-cut = значение школы ровно на границе
rank-ties-include = Школы с равными значениями на границе отобраны все
rank-ties-exclude = Школы с равными значениями на границе не отобраны, если не помещаются все
rank-ties-break = Школы с равными значениями на границе различены по дополнительным показателям
rank-defaulted = В правилах оговорено не всё: где не сказано иначе, квота округляется вверх и равные на границе включаются
rank-small-merge = Группа слишком мала и объединена с другими
rank-small-together = . Вместе оценены { $count ->
    [one] { $count } группа
    [few] { $count } группы
   *[other] { $count } групп
 }: { $groups }
rank-small-more = {" "}и ещё { $count }
rank-tie-lowest = Сначала меньшее: { $name }; у школы – { $value }
rank-tie-highest = Сначала большее: { $name }; у школы – { $value }
rank-tie-formula = дополнительный показатель
rank-neighbour-tie = ; { $name }: { $value }
rank-small-undetermined = Группа слишком мала: критерий не определён
rank-small-not-met = Группа слишком мала: критерий считается невыполненным
rank-last-inside = Последние отобранные:
rank-first-outside = Первые не отобранные:
rank-neighbour = { $place }. { $school }: { $value }

# Индексы
explain-normalised = Приведено к общей шкале ({ $method }, «{ $population }»)
normal-standard = стандартное отклонение
normal-min-max = между наименьшим и наибольшим
normal-fixed = между заданными пределами
normal-rank-share = доля места
normal-percent-of = доля от наибольшего возможного
normal-plain = без приведения
normal-scale-rows = среднее { $mean }, отклонение { $deviation }, строк { $count }
normal-scale = среднее { $mean }, стандартное отклонение { $deviation } (делитель – число школ, { $count })
normal-reversed = перевёрнуто: меньше – лучше
index-sum = Взвешенная сумма составляющих
index-floor-nothing = ни одна составляющая не известна
index-floor-weight = известно { $known } веса, нужно не менее { $needed }
index-floor-components = известно составляющих: { $known }, нужно не менее { $needed }
index-component = { $title }: { $raw }, на общей шкале { $normalised }, вес { $weight }
index-component-reweighted = { $title }: { $raw }; вес { $weight } передан остальным составляющим
index-component-reallocated = { $title }: { $raw }; вес { $weight } передан названным составляющим
index-component-zero = { $title }: { $raw }; взят ноль, вес { $weight }
index-component-median = { $title }: { $raw }; взята медиана { $normalised }, вес { $weight }
index-component-absent = { $title }: { $raw }; вес { $weight }
index-component-required = { $title }: { $raw }; без этой составляющей индекс не определяется
index-contribution = ; вклад { $value }

# Одной фразой, почему критерий выполнен или нет
explain-verdict-reason = : { $reason }
explain-taken-entry-source = , источник: { $source }
rank-from-lowest = от самых низких
rank-from-highest = от самых высоких
reason-place = место { $place } из { $ranked } ({ $side })
reason-places = места { $place } из { $ranked } ({ $side }; равные значения)
reason-outside-population = школа не входит в совокупность, среди которой проводится отбор
reason-quota = квота { $quota } = { $share } от { $base }
reason-quota-count = квота { $quota }
reason-rounded = {" "}({ $exact }, { $how })
rounded-up = округлено вверх
rounded-down = округлено вниз
rounded-half-up = округлено до ближайшего, половина – вверх
rounded-half-even = округлено до ближайшего, половина – до чётного
reason-cut-off = граница отбора { $cut_off }
reason-ties-in = на границе { $count ->
    [2] 2 школы, обе включены
    [one] { $count } школа, все включены
    [few] { $count } школы, все включены
   *[other] { $count } школ, все включены
 }
reason-ties-out = на границе { $count ->
    [2] 2 школы, ни одна не включена
    [one] { $count } школа, ни одна не включена
    [few] { $count } школы, ни одна не включена
   *[other] { $count } школ, ни одна не включена
 }
reason-ties-broken = на границе { $count ->
    [one] { $count } школа, различены
    [few] { $count } школы, различены
   *[other] { $count } школ, различены
 } по дополнительным показателям
cell-of-text-file = { $file }, строка { $row }, столбец «{ $column }»
rank-without-value = Не участвуют в отборе, так как значения нет: { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 }
normal-place = место { $place } из { $count } от наименьшего
normal-range = наименьшее { $minimum }, наибольшее { $maximum }, школ { $count }
index-block = Блок «{ $title }»
index-weights = вес { $written } из { $whole } по правилам
asked-any-criterion = нужен хотя бы один
asked-any-group = нужна хотя бы одна
asked-any-condition = нужно хотя бы одно
asked-no-criterion = ни один не должен быть выполнен
asked-no-group = ни одна не должна быть выполнена
asked-no-condition = ни одно не должно быть выполнено
explain-too-many-open = Не определено слишком много критериев, чтобы перебрать все их сочетания: неизвестно, зависит ли решение от недостающих данных
cells-of-text-file = { $file }, строка { $row }, столбцы { $columns }
cells-of-sheet = { $file }, лист «{ $sheet }», ячейки { $cells }

# На чём держится решение и что его изменило бы
weight-sufficient = Для решения достаточно уже этого: { $list }
weight-met = { $count ->
    [one] выполнен критерий { $list }
   *[other] выполнены критерии { $list }
 }
weight-not-met = { $count ->
    [one] не выполнен критерий { $list }
   *[other] не выполнены критерии { $list }
 }
weight-not-applicable = { $count ->
    [one] не применим критерий { $list }
   *[other] не применимы критерии { $list }
 }
weight-decisive = { $count ->
    [one] Решающий критерий: { $list } – при другом исходе по нему решение было бы противоположным
   *[other] Решающие критерии: { $list } – при другом исходе по любому из них решение было бы противоположным
 }
weight-several = Ни один критерий не решает в одиночку: решение было бы иным при другом исходе не менее чем по { $count } критериям, например { $list }
weight-indifferent = { $count ->
    [one] Ни для одного обоснования решения не нужен критерий { $list }: чего достаточно вместе с ним, достаточно и без него
   *[other] Ни для одного обоснования решения не нужны критерии { $list }: чего достаточно вместе с ними, достаточно и без них
 }
weight-inapplicable = { $count ->
    [one] К школе не применим критерий { $list }: выполнить его или не выполнить она не может
   *[other] К школе не применимы критерии { $list }: выполнить их или не выполнить она не может
 }
weight-out-of-reach = К школе применимо критериев: { $applicable } из { $of }, а выполнено должно быть не менее { $needed }. Ни при каком исходе по ним школа к категории не относится
weight-settled = Ни при каком исходе по применимым критериям решение не было бы иным
rounding-turns = При округлении { $place ->
    [tenth] до десятых
   *[whole] до целых
 } вышло бы наоборот:
rounding-nothing = Округление значений до десятых или до целых не изменило бы ни одного из сравнений
change-measure = Называется не более трёх изменений, самых малых относительно возможного: для баллов, отметок и долей – относительно размаха их возможных значений, для прочих чисел – относительно большего из двух значений
change-to-not-met = Критерий не был бы выполнен, если бы изменилось одно из следующего:
change-to-met = Критерий был бы выполнен, если бы изменилось одно из следующего:
change-to-known = Что определила бы каждая из недостающих ячеек, пока остальные пусты:
change-value = «{ $name }»: { $relation } { $bound } (сейчас { $now })
change-no-cell = Ни одна ячейка школы в отдельности решения по критерию не изменит (проверено ячеек: { $count })
change-entering = ; тогда критерий { $count ->
    [one] выполнила бы другая школа: { $names }
   *[other] выполнили бы другие школы: { $names }
 }
change-leaving = ; тогда критерий { $count ->
    [one] перестала бы выполнять другая школа: { $names }
   *[other] перестали бы выполнять другие школы: { $names }
 }
change-category = ; { $count ->
    [one] категория
   *[other] категории
 } { $names } – { $verdict }{ $registered ->
    [none] {""}
    [include] {" "}по расчёту, но в списке школа остаётся: она включена решением
   *[exclude] {" "}по расчёту, но в списке школы всё равно нет: она исключена решением
 }
change-entering-other = ; к категории «{ $category }» { $count ->
    [one] тогда относилась бы другая школа: { $names }
   *[other] тогда относились бы другие школы: { $names }
 }
change-leaving-other = ; к категории «{ $category }» { $count ->
    [one] тогда перестала бы относиться другая школа: { $names }
   *[other] тогда перестали бы относиться другие школы: { $names }
 }
change-held = ; по расчёту { $way ->
    [entering] { $count ->
        [one] относилась бы и другая школа
       *[other] относились бы и другие школы
    }
   *[leaving] { $count ->
        [one] перестала бы относиться другая школа
       *[other] перестали бы относиться другие школы
    }
 }: { $names } – { $action ->
    [include] { $count ->
        [one] она включена решением и остаётся в списке
       *[other] они включены решениями и остаются в списке
    }
   *[exclude] { $count ->
        [one] она исключена решением, в списке её всё равно нет
       *[other] они исключены решениями, в списке их всё равно нет
    }
 }
change-held-other = ; к категории «{ $category }» по расчёту { $way ->
    [entering] { $count ->
        [one] относилась бы другая школа
       *[other] относились бы другие школы
    }
   *[leaving] { $count ->
        [one] перестала бы относиться другая школа
       *[other] перестали бы относиться другие школы
    }
 }: { $names } – { $action ->
    [include] { $count ->
        [one] она включена решением и остаётся в списке
       *[other] они включены решениями и остаются в списке
    }
   *[exclude] { $count ->
        [one] она исключена решением, в списке её всё равно нет
       *[other] они исключены решениями, в списке их всё равно нет
    }
 }
change-name = «{ $name }»
change-categories-same = ; категории школы прежние
change-settles-nothing = : сама по себе решения не определит, недостаёт и других данных
change-settles-whatever = : при любом значении от { $low } до { $high } { $leads }
change-settles-truth = : «да» – { $yes }; «нет» – { $no }
change-settles-parts = : { $list }
change-part-first = до { $to } включительно – { $leads }
change-part-last = от { $from } – { $leads }
change-part = от { $from } до { $to } – { $leads }
change-part-only = ровно { $value } – { $leads }
change-part-of-criterion = критерий { $verdict }
change-part-of-category = { $count ->
    [one] категория
   *[other] категории
 } { $names } – { $verdict }{ $registered ->
    [none] {""}
    [include] {" "}по расчёту, но в списке школа остаётся: она включена решением
   *[exclude] {" "}по расчёту, но в списке школы всё равно нет: она исключена решением
 }
change-part-category = , { $count ->
    [one] категория
   *[other] категории
 } { $names } – { $verdict }{ $registered ->
    [none] {""}
    [include] {" "}по расчёту, но в списке школа остаётся: она включена решением
   *[exclude] {" "}по расчёту, но в списке школы всё равно нет: она исключена решением
 }
change-of-category = { $registered ->
    [none] Решение по категории было бы иным, если бы изменилась одна из ячеек:
   *[other] Расчёт по категории был бы иным, если бы изменилась одна из ячеек:
 }
change-together = Одной ячейки мало: { $registered ->
    [none] решение по категории было бы иным
   *[other] расчёт по категории был бы иным
 }, если бы изменились вместе { $count ->
    [one] { $count } ячейка
    [few] { $count } ячейки
   *[other] { $count } ячеек
 } (наименьшее из найденных сочетаний):
change-no-cell-of-category = Ни одна ячейка школы в отдельности решения по категории не изменит (проверено ячеек: { $count }){ $together ->
    [1] {""}
   *[other] ; среди проверенных сочетаний, в которых меняется до { $together } ячеек, таких тоже нет (проверены не все)
 }
change-missing-otherwise = { $registered ->
    [none] Решение по категории
   *[other] Расчёт по категории
 } изменило бы значение одной недостающей ячейки:
change-missing-of-category = { $registered ->
    [none] Решение по категории
   *[other] Расчёт по категории
 } определила бы одна недостающая ячейка:
change-tried = Проверено: { $list }{ $left_out ->
    [0] {""}
   *[other] ; ячейки сверх этого не проверялись: { $left_out }
 }
change-range = { $title } от { $low } до { $high }{ $cells ->
    [1] {""}
   *[other] , ячеек { $cells }
 }{ $every ->
    [yes] {""}
   *[no] , выборочно
 }
change-range-of-truths = { $title } да или нет{ $cells ->
    [1] {""}
   *[other] , ячеек { $cells }
 }
change-entering-category = ; тогда { $count ->
    [one] относилась бы и другая школа: { $names }
   *[other] относились бы и другие школы: { $names }
 }
change-leaving-category = ; тогда { $count ->
    [one] перестала бы относиться другая школа: { $names }
   *[other] перестали бы относиться другие школы: { $names }
 }

explain-registered = { $effect ->
    [same] { $action ->
        [include] Решение включить школу в список ничего здесь не меняет – она относится к категории и по расчёту:
       *[exclude] Решение исключить школу из списка ничего здесь не меняет – её нет в нём и по расчёту:
    }
    [open] Школа исключена из списка решением, расчёт ответа не даёт:
   *[changes] { $action ->
        [include] Школа включена в список не по расчёту, а решением:
       *[exclude] Школа исключена из списка не по расчёту, а решением:
    }
 }
explain-registered-stands = Дальше объясняется расчёт. Пока действует решение, место школы в списке определяет оно

# Основания, округления, оговорки
explain-then = Условие верно, взято
explain-else = Условие неверно, взято
explain-comparison-open = точное значение неизвестно ({ $left }), нужно { $relation } { $right }
explain-not-withheld = Значение было бы «{ $reasons }» только при условии:
explain-rounding = , округление { $how }
rounding-up = вверх
rounding-down = вниз
rounding-half-up = до ближайшего, половина – вверх
rounding-half-away = до ближайшего, половина – от нуля
rounding-half-even = до ближайшего, половина – до чётного
explain-no-rows-short = нет подходящих строк в таблице «{ $table }»
reason-policy-met = данных не хватает ({ $missing }), по правилам считается выполненным
reason-policy-not-met = данных не хватает ({ $missing }), по правилам считается невыполненным
reason-policy-not-applicable = данных не хватает ({ $missing }), по правилам считается неприменимым
reason-criterion = критерий { $name } { $verdict }
reason-group = группа { $name }: { $verdict }
reason-category = категория «{ $name }»: { $verdict }
explain-not-judged-excluded = школа исключена из совокупности «{ $name }» ({ $basis })
explain-not-judged-unsaid = школа исключена из совокупности «{ $name }», основание в правилах не названо
explain-unsure-whether-judged = неизвестно, входит ли школа в «{ $name }»
explain-not-judged-outside = школа не входит в совокупность «{ $name }»
explain-criteria-without-effect = Ниже – что дал бы расчёт по критериям; на решение о школе это не влияет
rows-none = строк для этого нет
rows-outside-window = за другие годы: { $count }
rows-unmatched = { $count ->
    [one] Не подошла { $count } строка
    [few] Не подошли { $count } строки
   *[other] Не подошло { $count } строк
 }, условие: { $condition }
rows-outside-population = { $count ->
    [one] Не подошла { $count } строка: не входит в совокупность
    [few] Не подошли { $count } строки: не входят в совокупность
   *[other] Не подошло { $count } строк: не входят в совокупность
 }
rank-short-by = до границы отбора { $distance }
rank-share-named = { $share } (параметр «{ $name }»)
rank-ties-left-out = Школы с равными значениями на границе не помещаются все и не отобраны: отобраны только те, что за границей
rank-members = Совокупность «{ $name }»: { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 }
rank-excluded = { $count ->
    [one] Исключена { $count } школа
    [few] Исключены { $count } школы
   *[other] Исключено { $count } школ
 }: { $basis }
rank-excluded-unsaid = { $count ->
    [one] Исключена { $count } школа
    [few] Исключены { $count } школы
   *[other] Исключено { $count } школ
 }, основание в правилах не названо
rank-outsiders = { $count ->
    [one] Не входит по условию совокупности: { $count } школа
    [few] Не входят по условию совокупности: { $count } школы
   *[other] Не входят по условию совокупности: { $count } школ
 }
rank-members-unknown = { $count ->
    [one] Неизвестно, входит ли { $count } школа
    [few] Неизвестно, входят ли { $count } школы
   *[other] Неизвестно, входят ли { $count } школ
 }
rank-before-own = Ближайшая перед школой:
rank-after-own = Ближайшая после школы:
rank-neighbour-more = {" "}(и ещё { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 } с тем же значением)
normal-with-excluded = в среднем и отклонении учтены и строки школ, исключённых из совокупностей
index-rounded = , после округления до { $step } ({ $how }) –{" "}
index-policy-reweight = По правилам вес составляющих без значения передаётся остальным
index-policy-reweight-weight = По правилам вес составляющих без значения передаётся остальным, если известно не менее { $least } веса
index-policy-reweight-components = По правилам вес составляющих без значения передаётся остальным, если известно составляющих не менее { $least }
index-policy-reallocate = По правилам вес составляющей «{ $from }» без значения передаётся: { $to }
index-policy-required = По правилам без любой из составляющих индекс не определяется
index-policy-zero = По правилам вместо составляющей без значения берётся ноль
index-policy-median = По правилам вместо составляющей без значения берётся медиана
normal-rows-how = Значение строки: (результат − среднее) / стандартное отклонение той же группы строк; отклонение – корень из среднего квадрата разностей (делитель – число строк)
# Чего нет в данных и что это решает
outlook-category-met = { $count ->
    [one] Школа относится к категории, как бы ни решился неопределённый критерий { $list }
   *[other] Школа относится к категории, как бы ни решились неопределённые критерии { $list }
 }
outlook-category-not-met = { $count ->
    [one] Школа не относится к категории, как бы ни решился неопределённый критерий { $list }
   *[other] Школа не относится к категории, как бы ни решились неопределённые критерии { $list }
 }
outlook-group-met = { $count ->
    [one] Группа выполнена, как бы ни решился неопределённый критерий { $list }
   *[other] Группа выполнена, как бы ни решились неопределённые критерии { $list }
 }
outlook-group-not-met = { $count ->
    [one] Группа не выполнена, как бы ни решился неопределённый критерий { $list }
   *[other] Группа не выполнена, как бы ни решились неопределённые критерии { $list }
 }
outlook-skipped = Остальные критерии решены по тем данным, что есть: ячейки без значения пропущены, как велят правила
weight-unsettling = { $count ->
    [one] При другом исходе по критерию { $list } решение стало бы неопределённым
   *[other] При другом исходе по любому из критериев { $list } решение стало бы неопределённым
 }
unknown-category-always = Ячеек без значения: { $cells }; при всех их возможных значениях – { $verdict }
unknown-category-tried = Ячеек без значения: { $cells }; при всех проверенных значениях – { $verdict } (проверено сочетаний: { $tried }, не все возможные)
unknown-category-open = Ячеек без значения: { $cells }; решение зависит от недостающих данных
unknown-category-lacking = Ячеек без значения: { $cells }; какими ни взять их значения, решение не определено: недостаёт и других данных (проверено сочетаний: { $tried })
unknown-criterion-always = Ячеек без значения: { $cells }; при всех их возможных значениях критерий { $verdict }
unknown-criterion-tried = Ячеек без значения: { $cells }; при всех проверенных значениях критерий { $verdict } (проверено сочетаний: { $tried }, не все возможные)
unknown-criterion-open = Ячеек без значения: { $cells }; критерий зависит от их значений
unknown-criterion-lacking = Ячеек без значения: { $cells }; какими ни взять их значения, критерий не определён: недостаёт и других данных (проверено сочетаний: { $tried })
unknown-ends = Все вместе: при наименьших возможных значениях – { $lowest }, при наибольших – { $highest }
unknown-alone = Каждая в отдельности, пока у остальных значения нет:
unknown-alone-nothing = Ячейки, которые в отдельности ничего не меняют: { $count }
unknown-combinations-differ = Одни сочетания значений дают одно решение, другие – другое (проверено сочетаний: { $tried })
unknown-not-tried = Ячейки, для которых значения не подбирались (текст, дата, связь или не с чем сравнить): { $count }
unknown-range = от { $from } до { $to } – { $verdict }
unknown-value = { $value } – { $verdict }
unknown-some-values = {" "}(проверены не все значения: { $tried })
others-unknown = { $count ->
    [one] У { $count } школы значения для этого отбора нет
   *[other] У { $count } школ значения для этого отбора нет
 }; будь значения известны, место школы могло бы быть от { $first } до { $last }
others-same = ; решение от этого не зависит: критерий { $criterion }, категория – { $category }
others-differ = : если бы все они стояли после школы, критерий { $behind }, категория – { $category_behind }; если бы все перед ней, критерий { $before }, категория – { $category_before }
members-unknown = { $count ->
    [one] О { $count } другой школе
   *[other] О { $count } других школах
 } неизвестно, участвуют ли они в этом отборе
members-same = ; если бы участвовали все, решение было бы тем же: критерий { $criterion }, категория – { $category }
members-differ = ; если бы участвовали все, критерий { $criterion }, категория – { $category }
others-scale = {" "}(общая шкала при этом прежняя)
