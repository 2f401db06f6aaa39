package builtins

// This file defines the builtins about version numbers.
// A version is a row of components: runs of digits, or of anything else but dots and dashes.
// A component may be as long as a string may be, so runs are walked in steps.

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

// compareVersions is builtins.compareVersions.
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

// versionOrder returns -1, 0 or 1 as builtins.compareVersions does.
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

// nextComponent returns the first component of a version, and what follows.
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
// of the version, other words by their bytes, numbers by their value.
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

// componentNumber returns the number that a component is. One that does not fit
// into 32 bits counts as letters, as in the reference.
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

// shortNumber returns a very long component without zeros in front, if it is a
// number.
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
// not followed by a letter.
//
// Quirk: a dash at the very end belongs to the name.
func parseDrvName(c *core.Call) (heap.Value, error) {
	s, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.parseDrvName").PlainString()
	if err != nil {
		return 0, err
	}
	end, from := len(s), len(s) // of name and version
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
// and letters are apart, and empty ones are left out.
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
