# L9: ''' does not end a string
[ ''a''' ]
