# Черновик описания набора данных: файлы, которые пишет merilo data infer, и пояснения в них

draft-file-tables = таблицы
draft-file-rules = правила
draft-name-year = год
draft-name-table = таблица
draft-name-column = столбец
draft-title = Черновик: { $folder }

draft-manifest-head = Черновик описания набора данных: где лежат таблицы и как читать их файлы.
    Имена, ключи, ссылки и обозначения пропусков угаданы по содержимому. Проверьте их и исправьте.
draft-tables-head = Черновик описания таблиц. Над каждым столбцом написано, почему он описан так.
    Имена можно менять; тогда измените их и в dataset.yaml.
draft-rules-head = Первые правила: они показывают школы без сведений. Замените критерий своим.

draft-of-years = Файлов одного вида: { $count }; они различаются годом в имени файла или листа.
draft-of-pages = Таблиц одного вида на листе: { $count }; они читаются подряд как одна.
draft-totals = Похожи на итоги по другим строкам, строк: { $count } ({ $rows })
draft-year-of-name = Год взят из имени файла или листа
draft-encoding-valid = текст правильно читается только так
draft-encoding-words = из возможных кодировок только эта даёт русские слова
draft-header-rows = Заголовок занимает несколько строк; имена столбцов составлены из них сверху вниз.
draft-left-out = Похожи не на данные, а на итоги или примечания, строк: { $count } ({ $rows }). При чтении они пропускаются.
draft-left = Без заголовка или с повторным заголовком, не описаны столбцы: { $columns }.
draft-wide = Различаются только годом столбцы от «{ $first }» до «{ $last }», всего { $count }.
    Если это одна величина за разные годы, опишите в таблице один такой столбец и столбец года, а здесь добавьте:
draft-marker = ячеек: { $count }; смысл знака угадан
draft-skipped = Не описано: «{ $file }»{ $sheets ->
        [0] {""}
       *[other] , лист «{ $sheet }»
    } – { $why ->
        [no-rows] таблицы с данными нет
       *[no-header] у таблицы нет заголовка
    }.

draft-table = { $files }; строк: { $count }.
draft-key = Ключ: { $columns }. { $count ->
        [one] Все значения разные и заполнены.
       *[other] Вместе они различают все строки и заполнены.
    }
draft-key-almost = Ключа нет. Им были бы { $columns }, но повторяется строк: { $repeated }, не заполнено: { $empty }.
draft-key-none = Ключа нет: столбцов, которые различают все строки, не нашлось.
draft-empty = Все ячейки пустые
draft-code = Код: значений { $filled }, записаны как код или названы кодом в заголовке
draft-words = Текст: не числа и не даты, значений { $filled }
draft-allowed = Разных значений только { $count }; если могут быть другие, уберите перечень
draft-yes-no = { $fits } из { $filled } значений – «да» или «нет»
draft-date = { $fits } из { $filled } значений – даты
draft-year = { $fits } из { $filled } значений – годы
draft-number = { $fits } из { $filled } значений – числа
draft-unit-header = ; единица ({ $unit }) – из заголовка
draft-unit-cells = ; знак { $unit } стоит в самих ячейках
draft-unit-fractions = ; в заголовке проценты, но все числа от 0 до 1 – это доли, поэтому без единицы
draft-link = { $matched } из { $filled } значений есть среди ключей таблицы «{ $table }»{ $orphans ->
        [0] {""}
       *[other] , нет: { $orphans }
    }
draft-empty-cells = {" "}(пустых ячеек: { $count })
draft-strange = Не подходят, ячеек { $count }: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}и ещё { $more }
    }. При чтении они будут недействительными.
draft-judged = Оцениваются строки таблицы «{ $table }», их { $count }.
draft-category = проба
draft-category-title = Школы без сведений
draft-criterion-title = Нет значения: { $header }

said-draft-next = Дальше: merilo run { $rules } --data { $data }
said-draft-check = Проверить данные: merilo data check { $data } --rules { $rules }
