# L20: dynamic names in rec see its static names
rec { a = "b"; ${a} = c; c = 1; }
