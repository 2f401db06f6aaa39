# L17: no value
{ a = ; }
