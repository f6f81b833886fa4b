summary-schools = Школ в данных: { $count }.
summary-categories = Категории
summary-criteria = Критерии
summary-cuts = Границы отбора
summary-remarks = На что обратить внимание
summary-open-reasons = Почему критерии не определены (школы по всем критериям): { $list }.

remark-on-threshold = { $number }{ $what }: ровно на пороге { $threshold } – { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 } ({ $schools }). В правилах сказано «{ $written }»; со словом «{ $other }» решение могло бы быть иным.
remark-on-range = { $number }{ $what }: ровно на границе промежутка{ $end ->
    [blank] {""}
   *[other] {" "}{ $end }
 } – { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 } ({ $schools }). По правилам граница входит в промежуток; если бы не входила, решение могло бы быть иным.
remark-ties = { $number }: равные значения на границе отбора имеют { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 }.
remark-strata-not-shown = { $number }: ещё { $count ->
    [one] { $count } группа отбора не показана
    [few] { $count } группы отбора не показаны
   *[other] { $count } групп отбора не показаны
 }.
remark-nobody = { $number }: критерий не выполнен ни для одной школы.
remark-everybody = { $number }: критерий выполнен для всех школ.
remark-most = { $number }: критерий выполнен более чем для 60 % школ.
remark-few = { $number }: критерий выполнен менее чем для 1 % школ.
remark-excluded = «{ $name }»: { $count ->
    [one] исключена { $count } школа
    [few] исключены { $count } школы
   *[other] исключено { $count } школ
 } ({ $why }): { $schools }.
remark-membership-unknown = «{ $name }»: неизвестно, { $count ->
    [one] входит ли { $count } школа
    [few] входят ли { $count } школы
   *[other] входят ли { $count } школ
 }.
remark-and-more = { $codes } и ещё { $count }
group-none = не указано

head-category = Категория
head-criterion = Критерий
head-belongs = Относятся
head-not-belongs = Не относятся
head-met = Выполнен
head-not-met = Не выполнен
head-undetermined = Не определено
head-not-applicable = Не применимо
head-not-judged = Не рассм.
head-on-threshold = Точно на пороге
head-stratum = В пределах
head-ranked = В ряду
head-without-value = Без значения
head-quota = Квота
head-selected = Отобрано
head-cut-off = Граница
head-tied = Равных на границе
stratum-all = все
stratum-together = { $count ->
    [one] { $count } малая группа
    [few] { $count } малые группы вместе
   *[other] { $count } малых групп вместе
 }: { $groups }

chart-categories = Школы по категориям
chart-criteria = Школы, для которых критерий выполнен
chart-grouping = { $category }: { $grouping }

report-untitled = Расчёт по правилам
report-synthetic = Данные вымышленные: { $note }
report-version = Версия правил { $version }
report-year = отчётный год { $year }
report-data = данные: { $title }
report-replaced = Параметр «{ $name }» изменён для этого расчёта: { $value } (в правилах { $before }).
remark-on-own-threshold = { $number }{ $what }: ровно на своём пороге (у каждой школы он свой) – { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 } ({ $schools }). В правилах сказано «{ $written }»; со словом «{ $other }» решение могло бы быть иным.
remark-counted = { $number } – { $count }
remark-on-counts = Число (людей, мест, случаев) ровно равно порогу, для малых чисел это обычно: { $list }.
remark-exclusion-number = исключение № { $n } этой совокупности, причина в правилах не названа

# Зарегистрированные решения людей
summary-registered = Зарегистрированные решения
registered-short = { $action ->
        [include] включена решением
       *[exclude] исключена решением
    }
registered-said = { $action ->
        [include] включена решением
       *[exclude] исключена решением
    }: { $document } от { $dated }, действует по { $until }
registered-dated = { $document } от { $dated }
registered-document = документ: { $document } от { $dated }
registered-author = автор решения: { $author }
registered-reason = причина: { $reason }
registered-period = решение действует с { $from } по { $until }
registered-computed = без этого решения, по расчёту: { $verdict }
registered-effect = { $category }: по расчёту { $computed ->
        [one] { $computed } школа
        [few] { $computed } школы
       *[other] { $computed } школ
    }, решениями включено { $included }, исключено { $excluded }; в списке { $listed ->
        [one] { $listed } школа
        [few] { $listed } школы
       *[other] { $listed } школ
    }.{ $same ->
        [0] {""}
        [one] {" "}Ещё { $same } решение списка не изменило.
        [few] {" "}Ещё { $same } решения списка не изменили.
       *[other] {" "}Ещё { $same } решений списка не изменили.
    }
registered-head-school = Школа
registered-head-action = Решение
registered-head-document = Документ
registered-head-until = Действует по
registered-head-computed = По расчёту
list-registered = { $name }: решение о школе
report-full = Полные сведения: не для публикации.
report-public = Для публикации: где стоит «не публикуется», значения получены менее чем на { $minimum ->
    [one] { $minimum } учащемся
   *[other] { $minimum } учащихся
} или позволили бы найти такие значения.

remark-value = , «{ $name }»
summary-judged-only = Критерии и группы посчитаны только по тем школам, которые категория рассматривает; остальные – в столбце «Не рассм.».
