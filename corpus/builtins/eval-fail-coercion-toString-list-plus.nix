# A list is no string for +.
"a" + [ "b" ]
