# L14: a double slash is allowed just before an interpolation
x: [ ./a//${x} (a/b//${x}) /a//${x}/b ]
