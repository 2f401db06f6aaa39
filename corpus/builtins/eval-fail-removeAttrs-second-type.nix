# removeAttrs wants a list as its second argument.
removeAttrs { } "a"
