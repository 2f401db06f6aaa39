# L35: an identifier may end in a minus
a: a-: b: [ (a->b) (a ->b) (a -> b) (a- -> b) ]
