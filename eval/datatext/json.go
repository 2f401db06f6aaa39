package datatext

// This file defines strings and floats of JSON, as builtins.toJSON writes them.

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// A UTF8Error says that a string is not UTF-8 and thus cannot be in JSON text.
//
// The reference forces the whole value before it writes any of it, so an error
// of evaluation anywhere comes before an error of this kind.
type UTF8Error struct {
	At         int  // index of the first byte that is wrong; the length of the string if it is incomplete
	Byte       byte // that byte; the last one of the string if it is incomplete
	Incomplete bool // the string ends within a character
}

// Error returns the words of the reference's library, nlohmann/json. The reference
// puts "JSON serialization error: " in front.
func (e *UTF8Error) Error() string {
	if e.Incomplete {
		return fmt.Sprintf("[json.exception.type_error.316] incomplete UTF-8 string; last byte: 0x%02X", e.Byte)
	}
	return fmt.Sprintf("[json.exception.type_error.316] invalid UTF-8 byte at index %d: 0x%02X", e.At, e.Byte)
}

// plain says which bytes stand for themselves in a JSON string and need no look at
// their neighbours.
var plain = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// IsPlainJSON reports whether c stands for itself in a JSON string, whatever its
// neighbours are.
func IsPlainJSON(c byte) bool { return plain[c] }

// AppendJSONString appends s as a JSON string with its quotes. Everything but
// quotes, backslashes and control characters stays as it is, also DEL and
// the line separators that are special in JavaScript.
func AppendJSONString(dst []byte, s string) ([]byte, error) {
	dst, err := AppendJSONPart(append(dst, '"'), s, 0, len(s))
	if err != nil {
		return dst, err
	}
	return append(dst, '"'), nil
}

// PartEnd returns where a part of s from i on can end, of at most n bytes, which
// are more than a few: not within a character.
func PartEnd(s string, i, n int) int {
	if n >= len(s)-i {
		return len(s)
	}
	end := i + n
	for range utf8.UTFMax {
		if utf8.RuneStart(s[end]) {
			return end
		}
		end--
	}
	return i + n // it is not UTF-8
}

// AppendJSONPart appends s[i:end], which is a whole number of characters, without
// quotes.
func AppendJSONPart(dst []byte, s string, i, end int) ([]byte, error) {
	from := i
	for i < end {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				return dst, utf8Error(s, i)
			}
			i += size
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = appendEscape(dst, c)
		i++
		from = i
	}
	return append(dst, s[from:end]...), nil
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\t':
		return append(dst, '\\', 't')
	case '\n':
		return append(dst, '\\', 'n')
	case '\f':
		return append(dst, '\\', 'f')
	case '\r':
		return append(dst, '\\', 'r')
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// utf8Error returns the error for a wrong sequence that begins at i.
func utf8Error(s string, i int) error {
	at := i + IllFormedAt(s[i:min(i+utf8.UTFMax, len(s))])
	if at >= len(s) {
		return &UTF8Error{len(s), s[len(s)-1], true}
	}
	return &UTF8Error{at, s[at], false}
}

// IllFormedAt returns the index of the first byte in s that no valid UTF-8
// sequence which begins like s has there; len(s) if the end comes too early.
func IllFormedAt(s string) int {
	for n := 1; n <= len(s); n++ {
		if utf8.FullRuneInString(s[:n]) {
			// FullRune also holds for wrong sequences, and of those it holds as
			// soon as they are wrong.
			return n - 1
		}
	}
	return len(s)
}

// AppendJSONFloat appends a float so that it reads back as the same float: 0.1,
// 1.0, 100000000000000.0, 1e+15, 1e-05. JSON has no infinities and no NaN;
// they become null.
func AppendJSONFloat(dst []byte, f float64) []byte {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return append(dst, "null"...)
	}
	if math.Signbit(f) {
		dst = append(dst, '-')
		f = -f
	}
	if f == 0 {
		return append(dst, "0.0"...)
	}
	var buf [maxDigits]byte
	digits, exp := grisu2(buf[:0], f)
	point := len(digits) + exp // digits in front of the decimal point
	switch {
	case exp >= 0 && point <= 15:
		dst = append(dst, digits...)
		for range exp {
			dst = append(dst, '0')
		}
		return append(dst, '.', '0')
	case 0 < point && point <= 15:
		dst = append(dst, digits[:point]...)
		dst = append(dst, '.')
		return append(dst, digits[point:]...)
	case -4 < point && point <= 0:
		dst = append(dst, '0', '.')
		for range -point {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	dst = append(dst, digits[0])
	if len(digits) > 1 {
		dst = append(dst, '.')
		dst = append(dst, digits[1:]...)
	}
	dst = append(dst, 'e')
	e := point - 1
	if e < 0 {
		dst = append(dst, '-')
		e = -e
	} else {
		dst = append(dst, '+')
	}
	if e < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(e), 10)
}
