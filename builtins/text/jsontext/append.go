package jsontext

// This file defines AppendString and AppendFloat: JSON text as builtins.toJSON
// writes it.

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// A UTF8Error says that a string is not UTF-8 and thus cannot be in JSON text,
// in the words of the library. The reference puts "JSON serialization error: "
// in front.
//
// The reference forces the whole value before it writes any of it, so an error
// of evaluation anywhere comes before an error of this kind.
type UTF8Error struct{ Msg string }

func (e *UTF8Error) Error() string { return e.Msg }

// AppendString appends s as a JSON string with its quotes. Everything but
// quotes, backslashes and control characters stays as it is, also DEL and
// the line separators that are special in JavaScript.
func AppendString(dst []byte, s string) ([]byte, error) {
	dst, err := AppendPart(append(dst, '"'), s, 0, len(s))
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

// AppendPart appends s[i:end], which is a whole number of characters, without
// quotes.
func AppendPart(dst []byte, s string, i, end int) ([]byte, error) {
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
	at := i + illFormedAt([]byte(s[i:min(i+utf8.UTFMax, len(s))]))
	if at >= len(s) {
		return &UTF8Error{fmt.Sprintf("[json.exception.type_error.316] incomplete UTF-8 string; last byte: 0x%02X", s[len(s)-1])}
	}
	return &UTF8Error{fmt.Sprintf("[json.exception.type_error.316] invalid UTF-8 byte at index %d: 0x%02X", at, s[at])}
}

// AppendInt appends an integer.
func AppendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }

// AppendFloat appends a float so that it reads back as the same float: 0.1,
// 1.0, 100000000000000.0, 1e+15, 1e-05. JSON has no infinities and no NaN;
// they become null.
func AppendFloat(dst []byte, f float64) []byte {
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
