package budget

// This file defines copies, comparisons and searches of texts, as packages slices and strings
// have them, in parts.

import "strings"

// Step counts step i of a loop that does little in each.
func Step(b Budget, i int) error {
	if i&63 != 63 {
		return nil
	}
	return step(b)
}

// step is not inlined, so that Step can be.
//
//go:noinline
func step(b Budget) error { return Tick(b, 8) }

// Copy copies elements; to must have room for them.
func Copy[T any](b Budget, to, from []T) error {
	if err := copyParts(b, to, from); err != nil {
		return err
	}
	return Tick(b, len(from)&(PartLen-1)>>8+8)
}

// copyParts is Copy, and asks b only if there is much.
func copyParts[T any](b Budget, to, from []T) error {
	for len(from) > PartLen {
		copy(to, from[:PartLen])
		to, from = to[PartLen:], from[PartLen:]
		if err := Tick(b, PartLen>>8); err != nil {
			return err
		}
	}
	copy(to, from)
	return nil
}

// CopyText copies a text; to must have room for it.
func CopyText(b Budget, to []byte, from string) error {
	for len(from) > PartBytes {
		copy(to, from[:PartBytes])
		to, from = to[PartBytes:], from[PartBytes:]
		if err := Tick(b, PartBytes>>10); err != nil {
			return err
		}
	}
	copy(to, from)
	return Tick(b, len(from)>>10)
}

// IndexByte is strings.IndexByte.
func IndexByte(b Budget, text string, c byte) (int, error) {
	for from := 0; ; from += PartBytes {
		part := text[from:]
		if len(part) <= PartBytes {
			if i := strings.IndexByte(part, c); i >= 0 {
				return from + i, nil
			}
			return -1, nil
		}
		if i := strings.IndexByte(part[:PartBytes], c); i >= 0 {
			return from + i, nil
		}
		if err := Tick(b, PartBytes>>12); err != nil {
			return 0, err
		}
	}
}

// LastIndexByte is strings.LastIndexByte.
func LastIndexByte(b Budget, text string, c byte) (int, error) {
	for {
		from := max(0, len(text)-PartBytes)
		if i := strings.LastIndexByte(text[from:], c); i >= 0 {
			return from + i, nil
		}
		if from == 0 {
			return -1, nil
		}
		text = text[:from]
		if err := Tick(b, PartBytes>>10); err != nil {
			return 0, err
		}
	}
}

// Contains reports whether part, which is short, is in text.
func Contains(b Budget, text, part string) (bool, error) {
	for {
		end := min(len(text), PartBytes+len(part))
		if strings.Contains(text[:end], part) {
			return true, nil
		}
		if end == len(text) {
			return false, nil
		}
		text = text[PartBytes:]
		if err := Tick(b, PartBytes>>10); err != nil {
			return false, err
		}
	}
}

// HasPrefix is strings.HasPrefix.
func HasPrefix(b Budget, text, prefix string) (bool, error) {
	if len(prefix) <= PartBytes {
		return strings.HasPrefix(text, prefix), nil
	}
	if len(text) < len(prefix) {
		return false, nil
	}
	order, err := Compare(b, text[:len(prefix)], prefix)
	return order == 0, err
}

// Compare is strings.Compare.
func Compare(b Budget, x, y string) (int, error) {
	for len(x) > PartBytes && len(y) > PartBytes {
		if x[:PartBytes] != y[:PartBytes] {
			break
		}
		x, y = x[PartBytes:], y[PartBytes:]
		if err := Tick(b, PartBytes>>12); err != nil {
			return 0, err
		}
	}
	return strings.Compare(x[:min(len(x), PartBytes+1)], y[:min(len(y), PartBytes+1)]), nil
}

// TrimRight returns text without the bytes c at its end.
func TrimRight(b Budget, text string, c byte) (string, error) {
	for n := 0; len(text) > 0 && text[len(text)-1] == c; n++ {
		text = text[:len(text)-1]
		if err := Step(b, n); err != nil {
			return "", err
		}
	}
	return text, nil
}
