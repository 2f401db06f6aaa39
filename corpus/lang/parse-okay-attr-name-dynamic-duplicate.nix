# L20: equal dynamic names are no parse error
x: { ${x} = 1; ${x} = 2; "${x}" = 3; "${"a"}" = 4; a = 5; }
