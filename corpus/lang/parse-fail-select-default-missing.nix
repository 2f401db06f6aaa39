# L36: nothing after or
a: (a.b or)
