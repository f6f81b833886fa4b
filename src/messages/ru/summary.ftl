summary-schools = Рассмотрено: { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 }.
summary-categories = Категории
summary-criteria = Критерии
summary-cuts = Границы отбора
summary-both = Хотя бы к одной категории относится: { $any }; к нескольким сразу: { $several }.
summary-threshold-note = «Точно на границе» – школы, у которых значение равно пороговому: для них всё решает слово «менее» или «не более».

head-category = Категория
head-criterion = Критерий
head-belongs = Относятся
head-not-belongs = Не относятся
head-met = Выполнен
head-not-met = Не выполнен
head-undetermined = Не определено
head-not-applicable = Не применимо
head-not-judged = Не рассм.
head-on-threshold = Точно на границе
head-stratum = В пределах
head-ranked = В ряду
head-without-value = Без значения
head-quota = Квота
head-selected = Отобрано
head-cut-off = Граница
head-tied = Равных на границе
stratum-all = все

chart-categories = Школы по категориям
chart-criteria = Школы, для которых критерий выполнен
chart-territories = Школы хотя бы одной категории: { $column }

report-untitled = Расчёт по правилам
report-synthetic = Данные вымышленные: { $note }
report-version = Версия правил { $version }
report-year = отчётный год { $year }
report-data = данные: { $title }
report-replaced = Параметр «{ $name }» изменён для этого расчёта: { $value } (в правилах { $before }).
