explain-group = Группа { $name }
explain-rule = Правило: { $text }
explain-basis = Основание: { $text }
explain-value = Значение: { $value }
explain-value-against = Значение: { $value }; сравнивается с { $threshold }
