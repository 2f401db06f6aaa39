# L14: what follows an interpolated path
x: [ ./${x}"a" (./${x} x) ./${x}.a ./${x}(x) (./${x} ? a) (./${x}/a + "b") ]
