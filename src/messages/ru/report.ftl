# Столбцы списка школ
list-value = { $number }: значение
list-value-with-unit = { $number }: значение ({ $unit })
list-named-value = { $number }: { $name }
list-named-value-with-unit = { $number }: { $name } ({ $unit })
list-verdict = { $number }: решение
list-reason = { $number }: причина
sheet-list = Список
sheet-summary = Сводка
