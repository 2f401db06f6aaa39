# L13: a dot after a path belongs to the path
[ ./a.b (./a).b (./a ? b) (./a .b) ]
