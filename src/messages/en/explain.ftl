explain-group = Group { $name }
explain-rule = Rule: { $text }
explain-basis = Basis: { $text }
explain-value = Value: { $value }
explain-value-against = Value: { $value }; compared with { $threshold }
