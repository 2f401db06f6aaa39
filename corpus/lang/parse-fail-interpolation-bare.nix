# L10: ${ } is no expression
${"a"}
