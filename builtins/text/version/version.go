// Package version compares version numbers, and finds them in the names of packages, as Nix does.
//
//	Compare     which of two versions is older
//	Next        the components of a version
//	SplitName   name and version of a package;  Split  without a budget
//
// A version is a row of components: runs of digits, or of anything else but dots and dashes.
// Characters are bytes: letters are those of ASCII, and other bytes are neither letters nor
// digits. A budget bounds the work; nil is no bound. A component may be as long as a string may
// be, so runs are walked in steps, and counted every 4096 bytes.
package version

// This file defines versions.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/budget"
)

// Compare returns -1 if version x is older than y, 1 if it is newer, and 0 if neither
// is. A version that ends goes on with empty components: "1" is older than "1.0", and newer
// than "1.pre". No list of components is made; the walk ends at the first difference.
func Compare(b budget.Budget, x, y string) (int, error) {
	for n := 0; x != "" || y != ""; n++ {
		var p, q string
		var err error
		if p, x, err = Next(b, x); err != nil {
			return 0, err
		}
		if q, y, err = Next(b, y); err != nil {
			return 0, err
		}
		if err := budget.Step(b, n); err != nil {
			return 0, err
		}
		if p, err = shortNumber(b, p); err != nil {
			return 0, err
		}
		if q, err = shortNumber(b, q); err != nil {
			return 0, err
		}
		if older, err := older(b, p, q); older || err != nil {
			return -1, err
		}
		if newer, err := older(b, q, p); newer || err != nil {
			return 1, err
		}
	}
	return 0, nil
}

// Older reports whether version x is older than y.
func Older(x, y string) bool {
	order, _ := Compare(nil, x, y) // without a budget there is no error
	return order < 0
}

// Next returns the first component of the version s, and the rest of s behind it.
// Separators before the component are skipped, however many there are. The component is empty
// only at the end of s. Both results are parts of s.
func Next(b budget.Budget, s string) (component, rest string, err error) {
	n := 0
	for n < len(s) && isSeparator(s[n]) {
		if n++; n&0xfff == 0 {
			if err := budget.Tick(b, 16); err != nil {
				return "", "", err
			}
		}
	}
	if s = s[n:]; s == "" {
		return "", "", nil
	}
	n = 1
	for n < len(s) && isDigit(s[n]) == isDigit(s[0]) && !isSeparator(s[n]) {
		if n++; n&0xfff == 0 {
			if err := budget.Tick(b, 16); err != nil {
				return "", "", err
			}
		}
	}
	return s[:n], s[n:], nil
}

func isSeparator(c byte) bool { return c == '.' || c == '-' }
func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func isLetter(c byte) bool    { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// older reports whether component p comes before q. The order is "pre", the end
// of the version, other words by their bytes, numbers by their value. Numbers of more than 32
// bits are words (eval-okay-compareVersions).
func older(b budget.Budget, p, q string) (bool, error) {
	x, okX := number(p)
	y, okY := number(q)
	switch {
	case okX && okY:
		return x < y, nil
	case p == "" && okY:
		return true, nil
	case p == "pre" && q != "pre":
		return true, nil
	case q == "pre":
		return false, nil
	case okY: // 2.3a is older than 2.3.1
		return true, nil
	case okX:
		return false, nil
	}
	order, err := budget.Compare(b, p, q)
	return order < 0, err
}

// number returns the number that the component s is; false if it is none.
//
// Quirk: one that does not fit into 32 bits counts as letters, and so is older than any
// number: 99999999999 comes before 1, as in the reference (2.34.8).
func number(s string) (int64, bool) {
	if s == "" || !isDigit(s[0]) {
		return 0, false
	}
	if len(s) > 1<<12 {
		return 0, false // see shortNumber
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return n, err == nil
}

// shortNumber returns a component of more than 4096 bytes without the zeros in front, if the
// rest is a number of 32 bits, and all others as they are. number can then refuse long
// components without reading them, which happens twice for each comparison.
func shortNumber(b budget.Budget, s string) (string, error) {
	if len(s) <= 1<<12 || !isDigit(s[0]) {
		return s, nil
	}
	n := 0
	for n < len(s)-1 && s[n] == '0' {
		if n++; n&0xfff == 0 {
			if err := budget.Tick(b, 16); err != nil {
				return "", err
			}
		}
	}
	if _, ok := number(s[n:min(len(s), n+11)]); ok && len(s)-n < 11 {
		return s[n:], nil
	}
	return s, nil
}

// SplitName splits the name of a package, as "nix-2.34": the version begins behind the first
// dash that is not followed by a letter, and has everything up to the end, further dashes too.
// Without such a dash it is empty.
//
// Quirk: a dash at the very end belongs to the name (eval-okay-parseDrvName).
func SplitName(b budget.Budget, full string) (name, version string, err error) {
	for i := 0; i+1 < len(full); i++ {
		if full[i] == '-' && !isLetter(full[i+1]) {
			return full[:i], full[i+1:], nil
		}
		if err := budget.Step(b, i); err != nil {
			return "", "", err
		}
	}
	return full, "", nil
}

// Split is SplitName without a budget.
func Split(full string) (name, version string) {
	name, version, _ = SplitName(nil, full)
	return name, version
}
