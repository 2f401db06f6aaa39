# plain inherits are attributes like others
x: let a = unknown1; inherit unknown2; in x.unknown2
