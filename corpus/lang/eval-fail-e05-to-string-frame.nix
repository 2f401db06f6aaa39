# Elements of a list in toString. (E5)
toString [ "a" [ 1 (throw "element") ] ]
