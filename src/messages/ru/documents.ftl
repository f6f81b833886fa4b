# Общее для документов
document-synthetic = Данные условные. { $note }
document-category = { $title } ({ $name })
document-head-number = № п/п
document-head-code = Код
document-head-name = Наименование школы
document-head-criteria = Выполненные критерии
document-head-missing = Каких сведений не хватает
document-head-rule = Пункт
document-head-basis = Основание
document-head-reading = Принятое прочтение
document-head-schools = Всего школ
document-head-belong = Относятся
document-head-open = Решение не принято
document-head-not-belong = Не относятся
document-head-not-judged = Не рассмотрены
document-head-others = Не рассмотрены или не применимо
document-head-all = Всего
document-total = Итого
document-agreed = Согласовано
document-approved = Утверждаю
document-post = должность
document-signature = подпись
document-signed-name = инициалы, фамилия
document-date = дата
document-missing = { $number }: { $list }
document-missing-cell = «{ $title }» – { $reasons }
document-missing-cell-of-table = «{ $title }» («{ $table }») – { $reasons }
document-missing-rows = в таблице «{ $table }» нет сведений о школе
document-missing-matching-rows = в таблице «{ $table }» нет подходящих сведений о школе
document-readings = Как поняты неоднозначные пункты
document-readings-lead = Документ, по которому проведён отбор, допускает разные прочтения. Приняты следующие:
document-size-up-to = до { $high }
document-size = от { $low } до { $high }
document-size-over = более { $high }

# Перечень
sheet-approval = Перечень
sheet-totals = Итоги
sheet-open = Решение не принято
sheet-notes = Примечания
document-list = Перечень школ
document-list-of = по правилам «{ $rules }»
document-list-counts = { $count ->
    [one] Рассмотрены сведения о { $count } школе
   *[other] Рассмотрены сведения о { $count } школах
 }. { $belong ->
    [one] К категориям перечня отнесена { $belong } школа
    [few] К категориям перечня отнесены { $belong } школы
   *[other] К категориям перечня отнесено { $belong } школ
 }.
document-list-open = По { $count ->
    [one] { $count } школе решение хотя бы по одной категории не принято: не хватает сведений. Эта школа названа
   *[other] { $count } школам решение хотя бы по одной категории не принято: не хватает сведений. Эти школы названы
 } отдельно.
document-list-category = { $category }: { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 }
document-list-nobody = К этой категории не отнесена ни одна школа.
document-by-place = Распределение школ по территориям
document-totals = Итоги
document-open = Школы, по которым решение не принято
document-open-lead = По этим школам решение зависит от сведений, которых нет. Школа не отнесена к категории и не исключена из неё.
document-open-category = { $category }: { $count ->
    [one] { $count } школа
    [few] { $count } школы
   *[other] { $count } школ
 }
document-open-nobody = По всем школам решение принято.

# Справка
note-title = Аналитическая справка
note-title-of = о результатах отбора школ по правилам «{ $rules }»
note-section = { $number }. { $title }
note-results = Общие итоги
note-criteria = Критерии
note-kinds = Школы по видам и величине
note-close = Пограничные случаи
note-quality = Качество данных
note-schools = { $count ->
    [one] Рассмотрены сведения о { $count } школе
   *[other] Рассмотрены сведения о { $count } школах
 }.
note-belong = К категории «{ $category }» { $count ->
    [0] не отнесена ни одна школа
    [one] отнесена { $count } школа
    [few] отнесены { $count } школы
   *[other] отнесено { $count } школ
 } из { $judged } рассмотренных ({ $share }).
note-undetermined = По { $count ->
    [one] { $count } школе
   *[other] { $count } школам
 } решение не принято: не хватает сведений.
note-not-applicable = К { $count ->
    [one] { $count } школе
   *[other] { $count } школам
 } категория не применима.
note-not-judged = { $count ->
    [one] { $count } школа по условиям отбора не рассматривалась
    [few] { $count } школы по условиям отбора не рассматривались
   *[other] { $count } школ по условиям отбора не рассматривались
 }.
note-both = К обеим категориям, { $first } и { $second }, { $count ->
    [one] отнесена { $count } школа
    [few] отнесены { $count } школы
   *[other] отнесено { $count } школ
 }.
note-most-in = { $category }. Больше всего школ: { $places } – { $number ->
    [one] { $count }
   *[other] по { $count }
 }.
note-open-cases = Всего таких случаев: { $count }; школа может быть не определена в нескольких категориях.
note-open-reasons = Почему не определены отдельные критерии (по всем школам и критериям):
note-open-reason = { $reason }: { $count ->
    [one] { $count } случай
    [few] { $count } случая
   *[other] { $count } случаев
 }
note-open-more = Ещё { $count ->
    [one] { $count } случай назван
    [few] { $count } случая названы
   *[other] { $count } случаев названы
 } в перечне.
note-by-one = { $category }: нужно не менее { $least }. { $just ->
    [0] Школ, у которых выполнено ровно столько, нет
    [one] Ровно столько выполнено у { $just } школы
   *[other] Ровно столько выполнено у { $just } школ
 }; { $nearly ->
    [0] школ, которым не хватает одного, нет
    [one] одного не хватает { $nearly } школе
   *[other] одного не хватает { $nearly } школам
 }.
note-remarks = Значения на пороге, равные места и исключения:
note-quality-fine = Замечаний к правилам и данным нет.
note-quality-lead = При чтении правил и данных найдено { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
 }. Ниже они собраны по видам, для каждого вида приведён первый случай.
note-head-code = Код
note-head-severity = Важность
note-head-message = Первый случай
note-head-found = Случаев

# Письмо школе
letter-to = Руководителю
letter-title = Уведомление
letter-title-of = о результатах отбора школ
letter-rules = «{ $rules }» (версия { $version })
letter-lead = По правилам { $rules } рассмотрены сведения о школе: { $name } (код { $code }). Приняты следующие решения.
letter-belongs = { $category }: школа относится к этой категории
letter-not-belongs = { $category }: школа не относится к этой категории
letter-open = { $category }: решение не принято, не хватает сведений
letter-category-not-applicable = { $category }: категория к школе не применима
letter-not-judged = { $category }: школа не рассматривалась
letter-excluded = Школа не входит в совокупность «{ $name }»: { $basis }.
letter-outside = Школа не входит в совокупность «{ $name }», среди которой проводился отбор.
letter-membership-unknown = Неизвестно, входит ли школа в совокупность «{ $name }», среди которой проводился отбор: { $reasons }.
letter-met = выполнен критерий { $name }
letter-met-because = выполнен критерий { $name }: { $reason }
letter-criterion-open = не определён критерий { $name }. Не хватает сведений: { $missing }
letter-not-met = { $count ->
    [one] не выполнен критерий
   *[other] не выполнены критерии
 } { $numbers }
letter-not-applicable = { $count ->
    [one] не применим критерий
   *[other] не применимы критерии
 } { $numbers }
letter-check = Проверьте сведения
letter-source = Сведения взяты из набора данных «{ $data }»{ $place }.
letter-source-unnamed = сведения взяты из данных отбора{ $place }.
letter-row = {" "}(школа: { $place })
letter-object = Если значение неверно или сведения о школе неполны, сообщите об этом в орган, утвердивший перечень: укажите код школы ({ $code }), номер критерия, верное значение и документ, который его подтверждает. Туда же направляются возражения на решение.
letter-signed = Подписал
letter-place = { $place }-е место
letter-places = места с { $first } по { $last }
letter-rank-lowest = { $place } из { $ranked }, считая от самого низкого значения; { $selected ->
    [one] отобрана { $selected } школа
    [few] отобраны { $selected } школы
   *[other] отобрано { $selected } школ
 }; значение школы { $value }, граница отбора { $cut_off }
letter-rank-highest = { $place } из { $ranked }, считая от самого высокого значения; { $selected ->
    [one] отобрана { $selected } школа
    [few] отобраны { $selected } школы
   *[other] отобрано { $selected } школ
 }; значение школы { $value }, граница отбора { $cut_off }
note-quality-whole = Во всех прочитанных столбцах данных есть все значения.
note-quality-absent = Значений нет в следующих столбцах (число ячеек по причинам):
note-head-table = Таблица
note-head-column = Сведения
note-head-rows = Строк
note-head-others = Не применим или не рассмотрен

sheet-registered = Решения
document-registered = Зарегистрированные решения
document-registered-lead = Включить эти школы в перечень или исключить из него предписывают решения с документом и сроком. Рядом указано, что даёт расчёт.
letter-included = Школа включена в перечень решением: { $category }
letter-excluded-by-decision = Школа исключена из перечня решением: { $category }
letter-not-met-because = не выполнен критерий { $name }: { $reason }
