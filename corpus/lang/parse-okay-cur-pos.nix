# L47: __curPos
[ __curPos __curPos.line (let x = __curPos; in x) ({ a ? __curPos }: a) ]
