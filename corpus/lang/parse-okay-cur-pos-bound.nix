# L47: __curPos can be bound but not referred to
let __curPos = 1; in [ __curPos { inherit __curPos; } ({ __curPos }: __curPos) (__curPos: __curPos) ]
