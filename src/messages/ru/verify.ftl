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
        [one] { $count } отчёт составлен заново, байт в байт такой, каким был записан.
        [few] { $count } отчёта составлены заново, байт в байт такие, какими были записаны.
       *[other] { $count } отчётов составлено заново, байт в байт такие, какими были записаны.
    }
verify-all-holds = Вывод: всё совпадает.
verify-incomplete = Вывод: расхождений нет, но проверено не всё.
verify-differs = Вывод: есть расхождения.

# Проверка досье школы
verify-dossier-malformed = В файле { $file } нет доказательства, которое программа могла бы прочитать.
verify-dossier-proof = Доказательство в файле { $file } изменено{ $line ->
        [0] : отпечаток не соответствует содержанию.
       *[other] , строка файла { $line }.
    }
verify-dossier-page = Страница { $file } изменена: её отпечаток не соответствует записанному.
verify-dossier-rules = Текст правил { $rules } в файле { $file } изменён{ $line ->
        [0] .
       *[other] , строка { $line }.
    }
verify-dossier-whole = Досье школы { $school }: страница, доказательство и тексты правил соответствуют своим отпечаткам; отпечаток досье { $sha256 }.
verify-dossier-unreadable = Шаги расчёта в досье не читаются.
verify-dossier-steps = { $count ->
        [one] { $count } шаг расчёта повторён и совпал
        [few] { $count } шага расчёта повторено, все совпали
       *[other] { $count } шагов расчёта повторено, все совпали
    }; среди них решений: { $decisions }.
verify-dossier-step = Шаг { $number } даёт другое значение: { $label }
verify-dossier-more-steps = Другое значение дают ещё { $count ->
        [one] { $count } шаг
        [few] { $count } шага
       *[other] { $count } шагов
    }.

verify-school-registered = Школа { $school }, внесённое решение о категории «{ $column }»: в записи – { $then }, при повторном расчёте – { $now }.
verify-registered-include = включить
verify-registered-exclude = исключить
verify-registered-none = решения нет
verify-data-not-recorded = Отпечатки файлов данных в вывод для публикации не записываются; данные сверяются только по результату.

# Проверка досье по его содержанию и по данным
verify-dossier-title = Проверка досье школы
verify-dossier-set = Досье сделано с другим значением параметра «{ $name }», чем в правилах: { $value } (--set).
verify-dossier-other-program = Досье сделала программа { $then }, проверяет { $now }. Страница и шаги по правилам заново не составлены: проверьте досье той версией, которая его сделала. Что решение следует из правил, не доказано.
verify-dossier-rules-wrong = Правила в досье не читаются без ошибок (ошибок: { $count }); заново ничего не составлено.
verify-dossier-extract = Ячейки и числа в досье не такие, каких требуют его правила; заново ничего не составлено.
verify-dossier-name = { $what }: в досье – { $then }, по его ячейкам и правилам – { $now }.
verify-dossier-impossible = { $place }: такого числа, взятого от других школ, быть не может: { $why }.
verify-why-not-of-others = оно следует из правил и ячеек самой школы
verify-why-cut = квота, места и граница отбора друг с другом не согласуются
verify-why-scale = среднее, отклонение, наименьшее и наибольшее значения друг с другом не согласуются
verify-why-stratum = оно относится к другой группе школ, чем указано в ячейках
verify-why-other-step = в этом месте правил такого числа нет
verify-dossier-misplaced = Места и соседи в ряду или количества чужих строк в досье не подходят к его шагам: { $count }.
verify-dossier-step-count = Шагов в досье: { $then }; по его правилам шагов должно быть: { $now }.
verify-dossier-step-other = Шаг { $number } «{ $label }», { $what }: в досье – { $then }, по его правилам и ячейкам – { $now }.
verify-dossier-more = Других расхождений: { $count }.
verify-dossier-page-differs = Страница говорит не то, что следует из правил и ячеек досье. На странице: «{ $then }». Должно быть: «{ $now }».
verify-part-school = код школы
verify-part-name = название школы
verify-part-title = название правил
verify-part-version = редакция правил
verify-part-synthetic = пометка об условных данных
verify-part-operation = действие
verify-part-steps = используемые шаги
verify-part-numbers = числа
verify-part-value = значение
verify-part-label = название
verify-part-place = источник
verify-part-weight = вес
verify-part-year = год
verify-part-decision = вид решения
verify-dossier-follows = Доказано без данных региона: страница и все шаги расчёта ({ $count }, среди них решений: { $decisions }) следуют из правил в досье, { $cells ->
        [one] { $cells } ячейки
       *[other] { $cells } ячеек
    } и { $numbers ->
        [one] { $numbers } опубликованного числа, взятого
       *[other] { $numbers } опубликованных чисел, взятых
    } от других школ.
verify-published-cut = Принято как данное: { $place }: граница отбора { $cut }; в ряду { $ranked }, доля взята от { $base }, квота { $quota }, отобрано { $selected }
verify-published-scale = Принято как данное: { $place }: значений { $count }, среднее { $mean }, стандартное отклонение { $deviation }, наименьшее { $minimum }, наибольшее { $maximum }
verify-published-value = Принято как данное: { $place }: { $value }
verify-published-members = Принято как данное: «{ $place }»: входит { $value }
verify-dossier-without-data = Принято как данное, не проверено: ячейки ({ $cells }) и опубликованные числа ({ $count }, перечислены выше). Чтобы проверить и их, укажите данные региона словом --data.
verify-dossier-data-missing = Файла данных { $file } нет на месте; ячейки и опубликованные числа не сравнивались.
verify-dossier-data-changed = Файл данных { $file } не тот, по которому сделано досье.
verify-dossier-school-unknown = Школы { $school } в данных нет.
verify-dossier-not-made = По этим данным досье составить заново нельзя.
verify-dossier-rows-differ = Таблица «{ $table }»: строки школы в досье ({ $then }) не те, что в данных ({ $now }).
verify-dossier-cell-differs = { $file }, строка { $line }, «{ $column }»: в досье – { $then }, в данных – { $now }.
verify-dossier-number-differs = { $place }: опубликованное число в досье не то, которое дают данные: { $now }.
verify-dossier-told-differs = Места и соседи в ряду или количества чужих строк не те, которые дают данные.
verify-dossier-data-same = Досье составлено заново по данным региона (файлов: { $files }): ячейки ({ $cells }), опубликованные числа ({ $numbers }), шаги и страница те же.
verify-dossier-data-differs = По данным досье выходит другим: смотрите названное выше.
verify-seal-missing-dossier = Печати рядом с досье нет, хотя указан ключ.
verify-seal-other-dossier = Печать поставлена на другое досье, или досье изменили после неё.
verify-file-added = Файл { $file } добавлен: он лежит среди копий, по которым повторяется расчёт.
verify-line-changed = { $file }, первая изменённая строка: { $first }{ $school ->
        [many] { "" } или одна из следующих, до { $last }
        [head] { "" } (названия столбцов)
       *[other] , школа «{ $school }»
    }.
