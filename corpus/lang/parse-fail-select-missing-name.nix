# L36: nothing after the dot
a: [ (a.) ]
