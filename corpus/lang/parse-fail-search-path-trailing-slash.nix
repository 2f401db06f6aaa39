# L15: a lookup path may not end in a slash
a: <a/>
