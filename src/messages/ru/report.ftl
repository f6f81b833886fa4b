# Столбцы списка школ
list-value = { $number }: значение
list-value-with-unit = { $number }: значение ({ $unit })
list-verdict = { $number }: решение
list-reason = { $number }: причина
sheet-list = Список
sheet-summary = Сводка
