# Сравнение сценариев

compare-title = Что меняют сценарии: { $rules }
compare-all = Все сценарии
compare-scenario = Сценарий «{ $title }»
compare-change = Изменение { $number }: { $change }
compare-gone = { $count ->
        [one] { $count } школы нет
       *[other] { $count } школ нет
    } во втором наборе данных: { $schools }.
compare-new = { $count ->
        [one] { $count } школа есть
        [few] { $count } школы есть
       *[other] { $count } школ есть
    } только во втором наборе данных: { $schools }.
compare-too-many = Изменений больше { $most }, поэтому причины по отдельным школам не ищутся.
compare-category-same = { $category }: ничего не меняется, в списке { $before ->
        [one] { $before } школа
        [few] { $before } школы
       *[other] { $before } школ
    }.
compare-category = { $category }: в списке было { $before }, стало { $after }. Вошли: { $entered }; вышли: { $left }; остались: { $stayed }.{ $opened ->
        [0] {""}
       *[other] {" "}Перестали определяться: { $opened }.
    }{ $settled ->
        [0] {""}
       *[other] {" "}Стало ясно, что не входят: { $settled }.
    }
compare-entered = { $category }: вошли в список ({ $count })
compare-left = { $category }: вышли из списка ({ $count })
compare-opened = { $category }: решение перестало определяться ({ $count })
compare-settled = { $category }: стало ясно, что не входят ({ $count })
compare-other = { $category }: изменилось решение, но не список ({ $count })
compare-more = Показаны не все: ещё { $count ->
        [one] { $count } школа
        [few] { $count } школы
       *[other] { $count } школ
    }. Полный список – в формате json.
compare-not-there = нет
compare-criterion = { $number }: { $before } → { $after }
compare-or = {" "}или{" "}
compare-cause-alone = изменение { $list }
compare-cause-together = только вместе: { $list }
compare-share = { $number } – { $share }
compare-shares = (доли: { $list })
compare-head-scenario = Сценарий
compare-head-group = Группа
compare-head-before = Было в списке
compare-head-after = Стало в списке
compare-head-entered = Вошли
compare-head-left = Вышли
compare-head-opened = Перестали определяться
compare-head-settled = Стало ясно, что не входят
compare-head-transition = было ↓ · стало →
compare-head-verdict = Решение
compare-head-criteria = Критерии
compare-head-cause = Причина
compare-head-met-before = Выполняли
compare-head-met-after = Выполняют
compare-head-changed = Решений изменилось

# Основания, разрезы, места, рисунки
compare-with-ground = { $verdict } ({ $ground })
compare-from-to = { $before } → { $after }
compare-unsaid = –
compare-head-verdict-before = Было
compare-head-verdict-after = Стало
compare-head-schools = Школ
compare-head-share = Доля в списке, %
compare-head-places = Места
compare-head-value = Значение
compare-divided = { $category }: список по виду, размеру и другим признакам школ
compare-parts-left-out = { $count ->
        [one] Не показана { $count } строка
        [few] Не показаны { $count } строки
       *[other] Не показано { $count } строк
    }: там нет школ из списка или ничего не меняется.
compare-places = { $places }: { $room }
compare-places-over = не хватает { $count }
compare-places-free = свободно { $count }
compare-places-taken = заняты все
compare-ranked = { $name }: { $value }; { $ground }
compare-ranked-unnamed = значение { $value }; { $ground }
compare-mover-cause = Причина: { $cause }
compare-capacity = { $category }: { $places ->
        [one] в программе { $places } место
        [few] в программе { $places } места
       *[other] в программе { $places } мест
    }; было: { $before }; стало: { $after }.{ $open ->
        [0] {""}
        [one] {" "}Ещё о { $open } школе решение не определено.
       *[other] {" "}Ещё о { $open } школах решение не определено.
    }
compare-bar = { $after } (+{ $entered } −{ $left })
compare-bar-places = мест { $places }
compare-part-stayed = остались
compare-part-entered = вошли
compare-part-left = вышли
compare-part-neither = не в списке
compare-chart-listed = { $category }: школ в списке
compare-chart-listed-description = Полоса на каждый сценарий ({ $scenarios }): сколько школ осталось в списке «{ $category }», вошло и вышло. В списке от { $least } до { $most } школ. Те же числа – в таблице всех сценариев.
compare-flow = { $category }: решения до и после
compare-flow-description = Ленты идут от решений по правилам как есть к решениям по сценарию, ширина ленты – число школ.
compare-band = { $before } → { $after }: { $count }
compare-side-before = По правилам как есть
compare-side-after = По сценарию
compare-spread = Критерий { $number }: { $name }
compare-spread-description = Сколько школ имеют какое значение: { $schools ->
        [one] { $schools } школа
        [few] { $schools } школы
       *[other] { $schools } школ
    }, значения от { $low } до { $high }. { $before ->
        [none] Общего порога было не задано
       *[other] Порог был { $before }
    }, { $after ->
        [none] общего порога не стало
       *[other] стал { $after }
    }. Из этих школ в списке было { $listedbefore }, стало { $listedafter }.
compare-line-before = порог был: { $value }
compare-line-after = порог стал: { $value }
compare-numbers-of = Числа к рисунку «{ $title }»
compare-interval = от { $from } до { $to } (не включая)
compare-explain-command = Объяснения решения до и после, здесь – о первой из школ:
compare-explain-folded = Под каждой таблицей школ раскрывается объяснение решения до и после.
compare-explain-linked = Слова в столбцах «Было» и «Стало» ведут к объяснениям решений.
compare-explanation-of = { $school }: объяснение до и после

# Сравнение: места и папка
capacity-malformed = Число мест задано непонятно: «{ $text }»
    .label = ожидается ЧИСЛО или КАТЕГОРИЯ=ЧИСЛО
    .help = Напишите целое число или название категории, знак равенства и число: --capacity "ШНРО=50".
    .long = Слово --capacity говорит, сколько мест в программе. Отчёт о сценариях показывает, скольким школам списка мест не хватает или сколько мест свободно; на решения оно не влияет. Если в правилах одна категория, достаточно числа: --capacity 50.
capacity-of-which = Не сказано, для какой категории { $places } мест
    .label = категорий несколько
    .help = Напишите название категории и знак равенства перед числом. Категории правил: { $names }.
    .long = Когда в правилах несколько категорий, у каждой своя программа и своё число мест, поэтому число без названия непонятно. Слово можно повторять: --capacity "ШНРО=50" --capacity "ШНСУ=80".
capacity-unknown = Категории «{ $name }» в правилах нет
    .label = неизвестная категория
    .help = Категории правил: { $names }.
    .long = Перед знаком равенства в слове --capacity стоит название категории так, как оно написано в правилах после слова «категория».
capacity-twice = Число мест категории «{ $name }» задано дважды
    .label = второе число
    .help = Оставьте одно из чисел.
    .long = У категории может быть только одно число мест. Два числа программа не складывает и не выбирает из них.
folder-in-use = В папке «{ $folder }» есть то, чего эта команда не записывала
    .label = папка занята
    .help = Укажите другую папку или освободите эту.
    .long = Команды compare, threshold, sweep, stability и history записывают папку целиком: прежний отчёт той же команды заменяется новым, чтобы в папке не оставалось страниц от прошлого раза. Папку, в которой лежат другие файлы, они не трогают.
help-capacity = Сколько мест в программе; при нескольких категориях – КАТЕГОРИЯ=ЧИСЛО, можно повторять
help-format-comparison = Вид отчёта: text, json, md, html или xlsx
help-output-compare = Куда записать отчёт: файл (вид понятен по расширению) или папка (страница с объяснениями по каждой школе)
value-capacity = МЕСТА
said-compared = Записано сравнение: { $file } (страниц с объяснениями: { $count }).
compare-pages-cut = Страниц с объяснениями не больше { $most }: о школах, слова которых не ссылки, объяснение даёт команда merilo explain.
compare-back = ← К сравнению сценариев

# Объяснения в папке отчёта
linked-back = ← К отчёту
linked-commands = Объяснения решений о названных школах записывает эта же команда в папку (-o ПАПКА): там каждая школа – ссылка.
linked-command = Объяснение об одной школе, здесь – о первой из названных:
linked-folded = Здесь раскрываются объяснения решений о названных школах.
linked-explanation-of = { $school }: объяснение
said-folder = Записан отчёт: { $file } (страниц с объяснениями: { $count }).

# Листы книги
sheet-scenarios = Сценарии
sheet-movers = Школы
sheet-turned = Критерии
compare-head-stayed = Остались
compare-head-lacking = Не хватает мест
compare-head-free = Свободно мест
compare-head-way = Что произошло
compare-way-entered = вошла в список
compare-way-left = вышла из списка
compare-way-other = другое решение
compare-head-rule-before = На чём решение: было
compare-head-rule-after = На чём решение: стало
compare-head-criterion-title = Название критерия
compare-head-indicator = Показатель
compare-head-value-before = Значение: было
compare-head-against-before = Порог: было
compare-head-value-after = Значение: стало
compare-head-against-after = Порог: стало
compare-head-ground-before = Основание: было
compare-head-ground-after = Основание: стало
compare-head-share-before = Доля: было
compare-head-share-after = Доля: стало
compare-chart-places = { $scenario }. { $category }: вошли и вышли
sheet-chart = График
sheet-stretches = Участки
sheet-regions = Области
sheet-sections = Графики
sheet-points = Сочетания
sheet-kinds = Виды проб
sheet-perturbations = Пробы
sheet-flow = Переходы
sheet-indicators = Показатели
sheet-periods = По переходам
