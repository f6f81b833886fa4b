# Почему нет значения
reason-missing = нет данных
reason-suppressed = скрыто
reason-invalid = недостоверно
reason-not-applicable = не применимо
reason-unknown = неизвестно
reason-masked = не публикуется

truth-yes = да
truth-no = нет

list-and = { $first } и { $last }
quoted-text = «{ $text }»
list-or = { $first } или { $last }

# Решения
verdict-met = выполнен
verdict-not-met = не выполнен
verdict-undetermined = не определён
verdict-not-applicable = не применим
verdict-not-judged = не рассматривается
group-met = выполнена
group-not-met = не выполнена
group-undetermined = не определена
group-not-applicable = не применима
group-not-judged = не рассматривается
category-met = относится
category-not-met = не относится
category-undetermined = не определено
category-not-applicable = не применимо
category-not-judged = не рассматривается

# Длинный перечень
list-and-more = { $list } и ещё { $count }

# Слова перед сообщениями
severity-error = ошибка
severity-warning = предупреждение
severity-note = к сведению
severity-help = совет
severity-fix = предлагается так:

# Место в файле данных
place-cell = { $file }, ячейка { $address }
place-cell-of-sheet = { $file }, лист «{ $sheet }», ячейка { $address }
place-column = { $file }, столбец { $address }
place-column-of-sheet = { $file }, лист «{ $sheet }», столбец { $address }
place-row = { $file }, строка { $address }
place-row-of-sheet = { $file }, лист «{ $sheet }», строка { $address }
place-header = столбец «{ $header }»

# Итог проверки
count-errors = { $count ->
    [one] { $count } ошибка
    [few] { $count } ошибки
   *[other] { $count } ошибок
 }
count-warnings = { $count ->
    [one] { $count } предупреждение
    [few] { $count } предупреждения
   *[other] { $count } предупреждений
 }
count-notes = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
 }
count-found = Найдено: { $list }.
count-more-of-kind = { $code }: ещё { $count ->
    [one] { $count } такое же сообщение не показано
    [few] { $count } таких же сообщения не показаны
   *[other] { $count } таких же сообщений не показаны
 }.

part-category = категория
part-document = документ
part-date = дата документа
part-author = автор
part-reason = причина
part-until = срок действия
