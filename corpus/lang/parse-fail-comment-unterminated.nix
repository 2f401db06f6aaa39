# L50: a comment without end
[ 1 ] /* never closed
