# L14: dots and slashes before an interpolation
x: [ ./a/../${x} ./a/b/./${x} /./${x} ./.${x} ./a/..${x} /a/../../${x} ../../../../../../../../${x} ./a.${x} ]
