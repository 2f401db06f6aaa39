# removeAttrs wants a set as its first argument.
removeAttrs [ ] [ ]
