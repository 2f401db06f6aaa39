# L51: application without spaces
a: [ (1"2"3) (0a) (a"b"{}[]) (a(a)) (a./a) (if(a)then[a]else{}) (let{}) (with{};a) (assert(a);[a]) (rec{}a) ]
