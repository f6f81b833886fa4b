# Насколько надёжен список

stability-title = Насколько надёжен список: { $rules }
stability-what = Каждая проба – одно небольшое отличие. Оно вносится, всё, на что оно влияет, рассчитывается заново, и места школ в списке сравниваются. Устойчивость школы – среднее по видам проб: в какой доле проб этого вида её место сохраняется; все виды имеют равный вес. Все доли точные.
stability-tried = Что проверено
stability-head-kind = Вид проб
stability-head-difference = В чём отличие
stability-head-count = Сколько проб
stability-rounding = Округление
stability-missing = Недостающие данные
stability-ties = Равные значения и округление квоты
stability-small = Малые группы
stability-error = Погрешность, худший случай
stability-draws = Погрешность, случайные пробы
stability-criteria = Без одного критерия
stability-years = Без одного года
stability-schools = Без одной другой школы
stability-about-rounding = значение отличается на половину единицы последней записанной цифры либо округлено так, как его показывают
stability-about-missing = вместо пустых ячеек школы – любые возможные значения
stability-about-ties = иное правило для равных на границе или иное округление квоты одного отбора
stability-about-small = скрыты числа одной группы{ $small ->
        [0] , в которой мало людей
        [one] {" "}менее { $small } человека
       *[other] {" "}менее { $small } человек
    }
stability-about-error = собственные значения школы отличаются в пределах погрешности так, чтобы изменить её место{ $errors ->
        [none] {""}
       *[other] : { $errors }
    }
stability-about-draws = все значения случайно сдвинуты в пределах погрешности{ $errors ->
        [none] {""}
       *[other] : { $errors }; начальное число { $seed }
    }
stability-about-criteria = один критерий отключён
stability-about-years = строки одного года исключены
stability-about-schools = одна другая школа исключена вместе со своими строками
stability-error-one = { $column } ± { $by }
stability-count-common = { $count }
stability-count-own = до { $count } на школу, всего { $all }
stability-standing-some = { $tried } из { $of } школ, равномерно: проверка всех слишком долгая
stability-standing-apart = место школы не зависит от других школ: рассчитывать нечего
stability-standing-nothing = проверять нечего; в долях не учтено
stability-standing-not-stated = численность не указана (--small), и правила не скрывают малые группы; в долях не учтено
stability-standing-no-error = столбец не указан (--error); в долях не учтено
stability-standing-no-draws = случайные пробы не заказаны (--error вместе с --resample); в долях не учтено
stability-standing-too-much = на таких объёмных данных слишком долго; в долях не учтено
stability-kept = Критерий { $number } отключить нельзя. { $problem }.
stability-list = Категория { $name }
stability-sure = { $listed ->
        [0] В списке никого нет.
        [one] В списке { $listed } школа; при всех пробах на своём месте { $all ->
            [one] остаётся { $all }
            [few] остаются { $all }
           *[other] остаётся { $all }
        } ({ $share }).
        [few] В списке { $listed } школы; при всех пробах на своём месте { $all ->
            [one] остаётся { $all }
            [few] остаются { $all }
           *[other] остаётся { $all }
        } ({ $share }).
       *[other] В списке { $listed } школ; при всех пробах на своём месте { $all ->
            [one] остаётся { $all }
            [few] остаются { $all }
           *[other] остаётся { $all }
        } ({ $share }).
    }
stability-could-enter = { $count ->
        [0] Ни одна школа вне списка войти в него не могла бы.
        [one] { $count } школа вне списка при какой-либо пробе вошла бы в него.
        [few] { $count } школы вне списка при какой-либо пробе вошли бы в него.
       *[other] { $count } школ вне списка при какой-либо пробе вошли бы в него.
    }
stability-stays = Какая часть списка сохраняется
stability-head-stays = Остаются
stability-head-share = Доля списка
stability-head-leave = Могут выйти
stability-head-enter = Могут войти
stability-all-kinds = Все пробы
stability-effects = Кто вышел бы и кто вошёл бы, по пробам
stability-head-perturbation = Проба
stability-head-left = Вышли бы
stability-head-entered = Вошли бы
stability-head-who = Кто (− вышла бы, + вошла бы)
stability-effects-more = Ещё { $count ->
        [one] { $count } проба меняет
        [few] { $count } пробы меняют
       *[other] { $count } проб меняют
    } места меньшего числа школ. Все они есть в отчёте вида json.
stability-effects-none = { $count ->
        [one] { $count } общая проба не меняет
        [few] { $count } общие пробы не меняют
       *[other] { $count } общих проб не меняют
    } ничьего места.
stability-tornado = { $list }: сколько школ вышло бы (влево) и вошло бы (вправо)
stability-tornado-description = Полосы по обе стороны от черты, по паре на каждую пробу: слева – школы, которые вышли бы из списка, справа – которые вошли бы, не более { $most }. Те же числа – в таблице ниже.
stability-tornado-left = вышли бы
stability-tornado-right = вошли бы
stability-strip = { $list }: школы списка от самой неустойчивой до самой устойчивой
stability-strip-description = По столбику на школу (всего { $count }), по возрастанию устойчивости, от { $least } до { $most }; на отметке 100 % – { $sure }. Сколько школ с какой устойчивостью, сказано в таблице ниже.
stability-spread = Школы списка по устойчивости
stability-head-figure = Устойчивость
stability-head-schools = Школ
stability-band-whole = 100 %: место не меняет ни одна проба
stability-band = от { $from } до менее { $to }
stability-fragile = Неустойчивые решения, начиная с самых неустойчивых
stability-head-school = Школа
stability-head-now = Сейчас
stability-head-reasons = Что изменило бы решение
stability-now-listed = в списке
stability-now-beside = не в списке
stability-now-open = не определено
stability-fragile-none = Ни одна проба не меняет ни одного решения.
stability-fragile-more = Не показано: { $count ->
        [one] { $count } школа
        [few] { $count } школы
       *[other] { $count } школ
    }. Все они есть в отчёте вида json.
stability-searched = Для { $count ->
        [one] { $count } школы
       *[other] { $count } школ
    } проверены не все сочетания возможных значений: проверенные места не меняют, но другие могли бы.
stability-cause-recorded = { $count ->
        [one] критерий
       *[other] критерии
    } { $criteria }: { $value } может отличаться на { $half } (решение изменило бы значение { $to }){ $row ->
        [none] {""}
       *[other] , { $row }
    }
stability-cause-shown = { $count ->
        [one] критерий
       *[other] критерии
    } { $criteria }: { $value } округлено до { $to }{ $row ->
        [none] {""}
       *[other] , { $row }
    }
stability-cause-filled = { $cells ->
        [0] недостающие строки
        [one] заполнение { $cells } пустой ячейки
       *[other] заполнение { $cells } пустых ячеек
    }
stability-cause-cohort = без группы из { $people ->
        [one] { $people } человека
       *[other] { $people } человек
    }: { $row }
stability-cause-error = { $cells ->
        [one] { $cells } собственное значение
        [few] { $cells } собственных значения
       *[other] { $cells } собственных значений
    } с погрешностью: { $columns }
stability-cause-draws = в списке в { $listed } из { $draws } случайных проб
stability-cause-cut = { $count ->
        [one] критерий
       *[other] критерии
    } { $criteria }: { $ties }{ $rounding ->
        [none] {""}
       *[other] , квота { $rounding }
    }
stability-ties-include = равных включить
stability-ties-exclude = равных исключить
stability-ties-broken = равных – как в правилах
stability-cause-criterion = без критерия { $number }
stability-cause-year = без { $year } года
stability-cause-school = без школы { $code }
stability-cause-schools = без любой одной из { $count ->
        [one] { $count } школы
       *[other] { $count } школ
    }: { $names }
stability-effect-rounding = значения в пределах округления, каждое отдельно
stability-effect-missing = недостающие данные, каждая школа отдельно
stability-effect-small = скрыта одна малая группа, каждая отдельно
stability-effect-error = собственные значения с погрешностью: { $columns }
stability-effect-draws = случайные пробы: более чем в половине из { $draws }
stability-and-more = { $names } и ещё { $count }

# Объяснения и книга
stability-linked = Код школы ведёт к объяснению нынешнего решения о ней.
stability-head-who-left = Кто вышел бы
stability-head-who-entered = Кто вошёл бы
stability-head-to-the-left = Влево на графике

# Ошибки
stability-error-malformed = После --error нужны столбец и число, а не «{ $text }»
    .label = ожидается столбец=±число
    .help = Напишите столбец, знак равенства и погрешность: --error балл=±1.
    .long = Слово --error говорит, насколько могут отличаться значения одного столбца, в его единицах: балл=±1, доля=±0,5 (процентных пункта). Знак ± можно не писать. Число больше нуля. Слово можно повторить, по разу на столбец.
stability-column-unknown = Ни в одной таблице нет столбца «{ $name }»
    .label = столбец не найден
    .help = { $count ->
        [0] Напишите имя, которое стоит в правилах после слова «столбец»; можно и «таблица.столбец».
       *[other] Возможно, имелось в виду: { $names }.
     }
    .long = Слово --error называет столбец так, как он объявлен в правилах, а не по заголовку в файле. Если столбец с таким именем есть в нескольких таблицах, перед ним пишут таблицу: экзамены.балл.
stability-column-which = Столбец «{ $name }» есть в нескольких таблицах
    .label = какая таблица?
    .help = Назовите один из них: { $names }.
    .long = Если столбец с таким именем есть в нескольких таблицах, перед ним пишут таблицу: экзамены.балл.
stability-column-no-number = У значений «{ $name }» не может быть погрешности
    .label = в столбце не десятичные числа
    .help = Назовите столбец с числами. У годов, ссылок, текстов и «да/нет» погрешности нет.
    .long = Погрешность – это расстояние, поэтому в столбце должны быть десятичные числа. Год – имя строки; у текстов, дат, ссылок и «да/нет» расстояния нет.
stability-column-unread = Правила не используют столбец «{ $name }»
    .label = правилами не используется
    .help = Назовите столбец, от которого зависят критерии.
    .long = Погрешность значений, которых не читает ни одно правило, ничего не меняет, поэтому такой вопрос считается опиской.
stability-column-twice = Погрешность столбца «{ $name }» указана дважды
    .label = указано дважды
    .help = Оставьте одну из них.
    .long = У каждого столбца одна погрешность.
stability-nothing-asked = Проверять нечего
    .label = не осталось ни одного вида проб
    .help = Сравните --only и --without: что названо в обоих, исключается.
    .long = Слово --only называет виды проб, которые нужны, слово --without – которые не нужны. Вместе они здесь не оставляют ни одного.

# Командная строка
help-stability = Показать, насколько надёжен список: что с ним сделали бы небольшие отличия
help-only = Только эти виды проб: rounding, missing, ties, small, error, draws, criteria, years, schools
help-without = Все виды, кроме этих
help-small = Группы меньше этой численности считаются малыми
help-digits = До скольких цифр округлять расчётные значения
help-error = Погрешность значений столбца: балл=±1; можно повторять
help-resample = Сколько случайных проб сделать в пределах погрешностей
help-draws-seed = Начальное число: одно и то же число даёт одни и те же пробы
usage-stability = merilo stability ПРАВИЛА --data ДАННЫЕ [--category ИМЯ] [--error СТОЛБЕЦ=±ЧИСЛО] [--resample ЧИСЛО] [-o ФАЙЛ] [параметры]
value-kinds = ВИДЫ
value-error = СТОЛБЕЦ=±ЧИСЛО
