# L15: `<b>` without spaces is a lookup path, even between operands
a: b: [ (a <b> b) (a<b>b) (1<2>3) (a<b) (a < b) (a> b) ]
