# L15: a comparison that is really a lookup path call
a: a<b>c
