# Проверка записи расчёта
verify-title = Проверка записи расчёта
mark-holds = [совпадает]
mark-remark = [к сведению]
mark-open = [не проверено]
mark-differs = [РАСХОЖДЕНИЕ]
verify-record-missing = В папке нет записи расчёта ({ $file }).
verify-record-whole = Запись расчёта цела; её отпечаток { $sha256 }.
verify-record-changed = Запись расчёта { $file } изменена{ $line ->
        [0] : её отпечаток не соответствует содержанию.
       *[other] , строка { $line }.
    }
verify-record-other-kind = Файл { $file } – запись другого вида ({ $schema }); её проверяет та версия программы, которая её сделала.
verify-other-program = Запись сделала программа { $then }, проверяет { $now }: решения сравниваются, вид отчётов – нет.
verify-files-whole = { $count ->
        [one] { $count } файл папки не изменился.
        [few] { $count } файла папки не изменились.
       *[other] { $count } файлов папки не изменились.
    }
verify-file-outside = Запись называет файл вне своей папки: { $file }.
verify-file-missing = Файла { $file } в папке больше нет.
verify-file-unreadable = Файл { $file } не читается.
verify-file-changed = Файл { $file } изменён{ $then ->
        [0] .
       *[other] { "" } (было байтов: { $then }, стало: { $now }).
    }
verify-file-unknown = Файл { $file } к записи не относится: его добавили позже или его сделал другой расчёт.
verify-seal-missing = Печати в папке нет, хотя указан ключ.
verify-seal-malformed = Печать повреждена: это не та запись, которую делает программа.
verify-seal-other-file = Печать поставлена на другую запись расчёта.
verify-seal-wrong = Печать не подходит к своему ключу: её или запись изменили.
verify-seal-other-key = Печать поставлена другим ключом.
verify-seal-whole = Печать цела и поставлена указанным ключом { $key }.
verify-seal-unknown-key = Печать цела, ключ { $key }. Чей это ключ, проверка не знает: укажите известный вам открытый ключ словом --key.
verify-manifest-missing = Описания набора данных нет на месте ({ $file }). Если оно в другой папке, укажите его словом --data.
verify-manifest-changed = Описание набора данных { $file } изменилось.
verify-data-missing = Файла данных { $file } нет на месте (таблицы: { $tables }).
verify-data-changed = Файл данных { $file } изменился (таблицы: { $tables }).
verify-data-same = { $count ->
        [one] { $count } файл данных не изменился.
        [few] { $count } файла данных не изменились.
       *[other] { $count } файлов данных не изменились.
    }
verify-rules-wrong = Правила из папки записи не читаются без ошибок (ошибок: { $count }); расчёт не повторён.
verify-data-wrong = Данные не читаются без ошибок (ошибок: { $count }); расчёт не повторён.
verify-parameter = Параметр «{ $name }»: в записи – { $then }, в правилах папки – { $now }.
verify-result-same = Расчёт повторён: решения и значения { $count ->
        [one] { $count } школы
       *[other] { $count } школ
    } те же, отпечаток { $sha256 }.
verify-result-differs = Расчёт повторён: результат другой.
verify-decisions-kept = Список решений ({ $count ->
        [one] { $count } школа
        [few] { $count } школы
       *[other] { $count } школ
    }) тот же, что записан: отпечаток { $sha256 }.
verify-not-recomputed = Расчёт не повторён, потому что нет исходных данных: доказано, что правила, решения и отчёты папки не менялись после записи (кроме названного выше), но не то, что решения следуют из данных.
verify-school-gone = Школа { $school }: в записи есть, при повторном расчёте нет.
verify-school-new = Школа { $school }: в записи нет, при повторном расчёте есть.
verify-school-verdict = Школа { $school }, { $column }: в записи – { $then }, при повторном расчёте – { $now }.
verify-school-value = Школа { $school }, { $column }, значение { $value }: в записи – { $then }, при повторном расчёте – { $now }.
verify-more-schools = Расходятся решения или значения ещё { $count ->
        [one] { $count } школы
       *[other] { $count } школ
    }.
verify-report-differs = Отчёт { $file } записан не таким, каким его делает программа.
verify-reports-same = { $count ->
        [one] { $count } отчёт
        [few] { $count } отчёта
       *[other] { $count } отчётов
    } программа делает такими же байт в байт.
verify-all-holds = Вывод: всё совпадает.
verify-incomplete = Вывод: расхождений нет, но проверено не всё.
verify-differs = Вывод: есть расхождения.

# Проверка досье школы
verify-dossier-malformed = В файле { $file } нет доказательства, которое программа могла бы прочитать.
verify-dossier-proof = Доказательство в файле { $file } изменено: отпечаток не соответствует содержанию.
verify-dossier-page = Страница { $file } изменена: её отпечаток не соответствует записанному.
verify-dossier-rules = Текст правил { $rules } в файле { $file } изменён.
verify-dossier-whole = Досье школы { $school } цело: страница, доказательство и тексты правил не изменились; отпечаток { $sha256 }.
verify-dossier-unreadable = Шаги расчёта в досье не читаются.
verify-dossier-steps = { $count ->
        [one] { $count } шаг расчёта повторён и совпал
        [few] { $count } шага расчёта повторены и совпали
       *[other] { $count } шагов расчёта повторены и совпали
    }; среди них решений: { $decisions }.
verify-dossier-step = Шаг { $number } даёт другое значение: { $label }
verify-dossier-more-steps = Другое значение дают ещё { $count ->
        [one] { $count } шаг
        [few] { $count } шага
       *[other] { $count } шагов
    }.
verify-dossier-given = Без данных региона не проверяется, что исходные ячейки переписаны верно и что верны { $count ->
        [one] { $count } число, которое определяют
        [few] { $count } числа, которые определяют
       *[other] { $count } чисел, которые определяют
    } правила или другие школы (средние, границы отбора).

verify-school-registered = Школа { $school }, решение людей о категории «{ $column }»: в записи – { $then }, при повторном расчёте – { $now }.
verify-registered-include = включить
verify-registered-exclude = исключить
verify-registered-none = решения нет
verify-data-not-recorded = Отпечатки файлов данных в вывод для публикации не записываются; данные сверяются только по результату.
