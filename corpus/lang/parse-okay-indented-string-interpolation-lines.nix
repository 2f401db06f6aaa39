# L7: newlines inside an interpolation do not matter
x: ''
    a ${
x
} b
      c ${''
 d
''}
  ''
