# L51: a binding is no program
a = 1;
