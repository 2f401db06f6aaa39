# Floats in XML. (L4)
builtins.toXML [ 1.0 0.1 1.0e-7 1234567.891 1.0e21 ]
