# ... of a function without a name. (L27)
[ (({ required }: 1) { }) ]
