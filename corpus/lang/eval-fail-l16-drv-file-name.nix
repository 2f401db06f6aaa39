# A file whose name ends in .drv is not copied. (L16)
"${./files/fake.drv}"
