# What can be interpolated: strings, paths, and sets with __toString or outPath. (L10, L28)
[
  "${"s"}" "a${"b${"c"}d"}e" "${./files/one}" "${{ outPath = "out"; }}" "${{ __toString = self: "str"; }}"
  "${{ outPath = { outPath = "deep"; }; }}" "${{ __toString = self: { __toString = self: "deeper"; }; }}"
  "${{ __toString = self: self.x; x = "self"; }}" "${{ outPath = ./files/one; }}"
]
