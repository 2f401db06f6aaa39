# columns count bytes
{ a = "äöü€"; b = }
