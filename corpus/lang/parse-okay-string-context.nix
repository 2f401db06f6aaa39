# L44, L45: strings made from paths
a: [ "${./a}" ("${a.drvPath}" == "${a}") ("${./a}/b" < "c") ]
