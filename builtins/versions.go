package builtins

// This file defines the builtins about version numbers.
// Package version has the rules. All builtins here take strings without a context, and return
// strings without one.

import (
	"github.com/firn-lang/firn/builtins/text/version"
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
	order, err := version.Compare(c, a, b)
	return c.Heap().NewInt(int64(order)), err
}

// parseDrvName is builtins.parseDrvName: see version.SplitName.
func parseDrvName(c *core.Call) (heap.Value, error) {
	s, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.parseDrvName").PlainString()
	if err != nil {
		return 0, err
	}
	first, last, err := version.SplitName(c, s)
	if err != nil {
		return 0, err
	}
	name, err := plainText(c, first)
	if err != nil {
		return 0, err
	}
	number, err := plainText(c, last)
	if err != nil {
		return 0, err
	}
	return c.Heap().AttrsOf([]heap.Entry{
		{Name: c.Intern("name"), Value: name},
		{Name: c.Intern("version"), Value: number},
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
		if component, s, err = version.Next(c, s); err != nil {
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
