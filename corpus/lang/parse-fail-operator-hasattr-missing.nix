# L38: nothing after ?
a: [ (a ?) ]
