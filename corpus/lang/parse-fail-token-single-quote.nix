# L51: a single quote
[ 'a' ]
