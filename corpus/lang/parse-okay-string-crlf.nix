# L8: CRLF and lone CR become LF in a double-quoted string
"one
twothree
four
five"
