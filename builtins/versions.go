package builtins

// This file defines the builtins about version numbers.

import (
	"strconv"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

func versionBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name: "compareVersions",
			Args: []string{"s1", "s2"},
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
			Name: "parseDrvName",
			Args: []string{"s"},
			Doc: `
Splits s, such as the name of a package, into name and version. The version begins behind the first dash that is not
followed by a letter.

	builtins.parseDrvName "nix-cli-0.12pre-3"
	=> { name = "nix-cli"; version = "0.12pre-3"; }
`,
			Impl: parseDrvName,
		},
		{
			Name: "splitVersion",
			Args: []string{"s"},
			Doc: `
Splits the version s into components: numbers, and what is between them. Dots and dashes separate components.

	builtins.splitVersion "1.2rc3-4"
	=> [ "1" "2" "rc" "3" "4" ]
`,
			Impl: splitVersion,
		},
	}
}

func compareVersions(c *core.Call) (heap.Value, error) {
	a, err := c.PlainString(0)
	if err != nil {
		return 0, err
	}
	b, err := c.PlainString(1)
	if err != nil {
		return 0, err
	}
	return c.Heap().NewInt(int64(versionOrder(a, b))), nil
}

// versionOrder returns -1, 0 or 1 as builtins.compareVersions does.
func versionOrder(a, b string) int {
	for a != "" || b != "" {
		var x, y string
		x, a = nextComponent(a)
		y, b = nextComponent(b)
		switch {
		case olderComponent(x, y):
			return -1
		case olderComponent(y, x):
			return 1
		}
	}
	return 0
}

// nextComponent returns the first component of a version, and what follows.
func nextComponent(s string) (component, rest string) {
	for s != "" && isSeparator(s[0]) {
		s = s[1:]
	}
	if s == "" {
		return "", ""
	}
	n := 1
	for n < len(s) && isDigit(s[n]) == isDigit(s[0]) && !isSeparator(s[n]) {
		n++
	}
	return s[:n], s[n:]
}

func isSeparator(c byte) bool { return c == '.' || c == '-' }
func isDigit(c byte) bool     { return c >= '0' && c <= '9' }
func isLetter(c byte) bool    { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func olderComponent(a, b string) bool {
	x, okX := componentNumber(a)
	y, okY := componentNumber(b)
	switch {
	case okX && okY:
		return x < y
	case a == "" && okY:
		return true
	case a == "pre" && b != "pre":
		return true
	case b == "pre":
		return false
	case okY: // 2.3a is older than 2.3.1
		return true
	case okX:
		return false
	}
	return a < b
}

// componentNumber returns the number that a component is. One that does not fit
// into 32 bits counts as letters, as in the reference.
func componentNumber(s string) (int64, bool) {
	if s == "" || !isDigit(s[0]) {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return n, err == nil
}

func parseDrvName(c *core.Call) (heap.Value, error) {
	s, err := c.ForcePlainString(c.Arg(0), "while evaluating the first argument passed to builtins.parseDrvName")
	if err != nil {
		return 0, err
	}
	name, version := splitDrvName(s)
	h := c.Heap()
	return h.AttrsOf([]heap.Entry{
		{Name: c.Intern("name"), Value: heap.Lazy(h.NewString(name, 0))},
		{Name: c.Intern("version"), Value: heap.Lazy(h.NewString(version, 0))},
	}), nil
}

func splitDrvName(s string) (name, version string) {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '-' && !isLetter(s[i+1]) {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func splitVersion(c *core.Call) (heap.Value, error) {
	s, err := c.ForcePlainString(c.Arg(0), "while evaluating the first argument passed to builtins.splitVersion")
	if err != nil {
		return 0, err
	}
	var buf [16]heap.Lazy
	components := buf[:0]
	for {
		var component string
		if component, s = nextComponent(s); component == "" {
			return listOf(c, components)
		}
		components = append(components, heap.Lazy(c.Heap().NewString(component, 0)))
	}
}
