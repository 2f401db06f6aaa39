[ "a\
b" "c\d" "e\r\nf" ]
