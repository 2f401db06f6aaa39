package builtins

// This file defines the builtins about version numbers.
// A version is a row of components: runs of digits, or of anything else but dots and dashes.
// A component may be as long as a string may be, so runs are walked in steps, and counted
// every 4096 bytes.
//
// All builtins here take strings without a context, and return strings without one.
// Characters are bytes: letters are those of ASCII, and other bytes are neither letters nor
// digits.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// versionBuiltins returns the declarations of the builtins about versions, by name.
func versionBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "compareVersions",
			Order: 1040,
			Args:  []string{"s1", "s2"},
			Early: 1,
			Doc: `
Compares two versions: -1 if s1 is older than s2, 0 if they are equal, 1 if s1 is newer. They are compared component
by component, see builtins.splitVersion. Numbers are newer than letters, and "pre" is older than everything.

	builtins.compareVersions "2.3" "2.10"
	=> -1

	map (builtins.compareVersions "2.3") [ "2.3pre1" "2.3.0" "2.3a" ]
	=> [ 1 -1 -1 ]
`,
			Impl: compareVersions,
		},
		{
			Name:  "parseDrvName",
			Order: 1030,
			Args:  []string{"s"},
			Early: 1,
			Doc: `
Splits s, such as the name of a package, into name and version. The version begins behind the first dash that is not
followed by a letter.

	builtins.parseDrvName "nix-cli-0.12pre-3"
	=> { name = "nix-cli"; version = "0.12pre-3"; }
`,
			Impl: parseDrvName,
		},
		{
			Name:  "splitVersion",
			Order: 1050,
			Args:  []string{"s"},
			Early: 1,
			Doc: `
Splits the version s into components: numbers, and what is between them. Dots and dashes separate components.

	builtins.splitVersion "1.2rc3-4"
	=> [ "1" "2" "rc" "3" "4" ]
`,
			Impl: splitVersion,
		},
	}
}

// compareVersions is builtins.compareVersions. s1 is forced before s2, and both are whole
// before the first component is compared.
func compareVersions(c *core.Call) (heap.Value, error) {
	a, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	b, err := c.Arg(1).PlainString()
	if err != nil {
		return 0, err
	}
	order, err := versionOrder(c, a, b)
	return c.Heap().NewInt(int64(order)), err
}

// versionOrder returns -1 if version a is older than b, 1 if it is newer, and 0 if neither
// is. A version that ends goes on with empty components: "1" is older than "1.0", and newer
// than "1.pre". No list of components is made; the walk ends at the first difference.
func versionOrder(c *core.Call, a, b string) (int, error) {
	for n := 0; a != "" || b != ""; n++ {
		var x, y string
		var err error
		if x, a, err = nextComponent(c, a); err != nil {
			return 0, err
		}
		if y, b, err = nextComponent(c, b); err != nil {
			return 0, err
		}
		if err := budget.Step(c, n); err != nil {
			return 0, err
		}
		if x, err = shortNumber(c, x); err != nil {
			return 0, err
		}
		if y, err = shortNumber(c, y); err != nil {
			return 0, err
		}
		if older, err := olderComponent(c, x, y); older || err != nil {
			return -1, err
		}
		if newer, err := olderComponent(c, y, x); newer || err != nil {
			return 1, err
		}
	}
	return 0, nil
}

// nextComponent returns the first component of the version s, and the rest of s behind it.
// Separators before the component are skipped, however many there are. The component is empty
// only at the end of s. Both results are parts of s.
func nextComponent(c *core.Call, s string) (component, rest string, err error) {
	n := 0
	for n < len(s) && isSeparator(s[n]) {
		if n++; n&0xfff == 0 {
			if err := c.Tick(16); err != nil {
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
			if err := c.Tick(16); err != nil {
				return "", "", err
			}
		}
	}
	return s[:n], s[n:], nil
}

func isSeparator(c byte) bool { return c == '.' || c == '-' }
func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func isLetter(c byte) bool    { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// olderComponent reports whether component a comes before b. The order is "pre", the end
// of the version, other words by their bytes, numbers by their value. Numbers of more than 32
// bits are words (eval-okay-compareVersions).
func olderComponent(c *core.Call, a, b string) (bool, error) {
	x, okX := componentNumber(a)
	y, okY := componentNumber(b)
	switch {
	case okX && okY:
		return x < y, nil
	case a == "" && okY:
		return true, nil
	case a == "pre" && b != "pre":
		return true, nil
	case b == "pre":
		return false, nil
	case okY: // 2.3a is older than 2.3.1
		return true, nil
	case okX:
		return false, nil
	}
	order, err := budget.Compare(c, a, b)
	return order < 0, err
}

// componentNumber returns the number that the component s is; false if it is none.
//
// Quirk: one that does not fit into 32 bits counts as letters, and so is older than any
// number: 99999999999 comes before 1, as in the reference (2.34.8).
func componentNumber(s string) (int64, bool) {
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
// rest is a number of 32 bits, and all others as they are. componentNumber can then refuse
// long components without reading them, which happens twice for each comparison.
func shortNumber(c *core.Call, s string) (string, error) {
	if len(s) <= 1<<12 || !isDigit(s[0]) {
		return s, nil
	}
	n := 0
	for n < len(s)-1 && s[n] == '0' {
		if n++; n&0xfff == 0 {
			if err := c.Tick(16); err != nil {
				return "", err
			}
		}
	}
	if _, ok := componentNumber(s[n:min(len(s), n+11)]); ok && len(s)-n < 11 {
		return s[n:], nil
	}
	return s, nil
}

// parseDrvName is builtins.parseDrvName: the version begins behind the first dash that is
// not followed by a letter, and has everything up to the end, further dashes too. Without
// such a dash the version is empty.
//
// Quirk: a dash at the very end belongs to the name (eval-okay-parseDrvName).
func parseDrvName(c *core.Call) (heap.Value, error) {
	s, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.parseDrvName").PlainString()
	if err != nil {
		return 0, err
	}
	end, from := len(s), len(s) // end of the name, and start of the version
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '-' && !isLetter(s[i+1]) {
			end, from = i, i+1
			break
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	name, err := plainText(c, s[:end])
	if err != nil {
		return 0, err
	}
	version, err := plainText(c, s[from:])
	if err != nil {
		return 0, err
	}
	return c.Heap().AttrsOf([]heap.Entry{
		{Name: c.Intern("name"), Value: name},
		{Name: c.Intern("version"), Value: version},
	}), nil
}

// splitVersion is builtins.splitVersion: components as compareVersions sees them, so digits
// and letters are apart, and empty ones are left out: a version of separators alone has none.
// Numbers stay strings, with their zeros in front.
func splitVersion(c *core.Call) (heap.Value, error) {
	s, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.splitVersion").PlainString()
	if err != nil {
		return 0, err
	}
	components := budget.List[heap.Lazy]{Budget: c}
	for {
		var component string
		if component, s, err = nextComponent(c, s); err != nil {
			return 0, err
		}
		if component == "" {
			return listValue(c, &components)
		}
		text, err := plainText(c, component)
		if err != nil {
			return 0, err
		}
		if !components.Add(text) {
			return 0, components.Err
		}
	}
}
