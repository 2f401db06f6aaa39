# L46: strings are bytes
[ "ÿþ" "a€b" "Ã" ''â‚'' ]
