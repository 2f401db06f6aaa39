package nixhash

// This file defines Nix's base 32: digits without e, o, u and t, of which the last is the least significant.

const nix32Digits = "0123456789abcdfghijklmnpqrsvwxyz"

// noDigit marks bytes that are not digits.
const noDigit = 0xff

var nix32Values = func() (t [256]byte) {
	for i := range t {
		t[i] = noDigit
	}
	for i := range len(nix32Digits) {
		t[nix32Digits[i]] = byte(i)
	}
	return t
}()

// Nix32Len returns the number of digits for n bytes.
func Nix32Len(n int) int { return (n*8 + 4) / 5 }

// EncodeNix32 returns data in Nix's base 32.
func EncodeNix32(data []byte) string {
	return string(AppendNix32(make([]byte, 0, Nix32Len(len(data))), data))
}

// AppendNix32 appends data to b in Nix's base 32.
func AppendNix32(b, data []byte) []byte {
	for n := Nix32Len(len(data)) - 1; n >= 0; n-- {
		i, j := n*5/8, n*5%8
		c := data[i] >> j
		if i+1 < len(data) {
			c |= data[i+1] << (8 - j)
		}
		b = append(b, nix32Digits[c&31])
	}
	return b
}

// DecodeNix32 returns the bytes of text. Like C++ Nix it does not refuse bits that are left over: where they are not
// zero the result is one byte longer than the length of the text tells.
func DecodeNix32(text string) ([]byte, error) {
	res := make([]byte, 0, len(text)*5/8+1)
	for n := range len(text) {
		c := text[len(text)-n-1]
		digit := nix32Values[c]
		if digit == noDigit {
			return nil, errorf("invalid character in Nix32 (Nix's Base32 variation) string: '%c'", c)
		}
		i, j := n*5/8, n*5%8
		if len(res) <= i {
			res = append(res, 0)
		}
		res[i] |= digit << j
		if carry := digit >> (8 - j); carry != 0 {
			res = append(res, carry)
		}
	}
	return res, nil
}

// IsNix32 reports whether text has only digits of Nix's base 32; if not, it returns the first other byte.
func IsNix32(text string) (bad byte, ok bool) {
	for i := range len(text) {
		if nix32Values[text[i]] == noDigit {
			return text[i], false
		}
	}
	return 0, true
}
