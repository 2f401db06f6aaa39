# L13: `./` without a name
[ ./ ]
