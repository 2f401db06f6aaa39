# sources of inherit come first, the body last
let a = unknown1; inherit unknown2; inherit (unknown3) b; in unknown4
