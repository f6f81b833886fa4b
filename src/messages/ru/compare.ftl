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
