# L51: a dollar alone
[ $a ]
