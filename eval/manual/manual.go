// Package manual is the reference of the builtins, made from their declarations.
//
//	manual.Entries()           all builtins, sorted by name
//	manual.Find("builtins.map") one of them
//	Entry.Text(width, style)   for a terminal
//	WriteHTML(w, entries)      a page that needs nothing else
//	Entry                      has tags for JSON
//
// The words of a declaration are in the syntax of Go's doc comments. A name of a
// builtin in them, as in builtins.map, becomes a link in HTML. Everything here may
// be used by several goroutines at once.
package manual

// This file defines the entries, and how one is found.

import (
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// An Entry describes a builtin.
type Entry struct {
	Name string   `json:"name"`           // in the set builtins
	Args []string `json:"args,omitempty"` // names of the arguments; none for a constant
	// Global is the name by which it is known without builtins in front.
	Global string `json:"global,omitempty"`
	// Summary is the first sentence of Doc.
	Summary string `json:"summary"`
	// Doc is the text, in the syntax of Go's doc comments, with the examples.
	Doc      string    `json:"doc"`
	Examples []Example `json:"examples,omitempty"`
	// Impure says that it is missing in pure evaluation.
	Impure bool `json:"impure,omitempty"`
	// Experimental is the feature that has to be enabled for it; "" if none.
	Experimental string `json:"experimental,omitempty"`
}

// An Example is an expression, and what it comes to.
type Example struct {
	Expr  string `json:"expr"`
	Value string `json:"value"`
}

// Entries returns all builtins of the reference's language, sorted by name. It is
// not to be modified.
var Entries = sync.OnceValue(func() []Entry {
	out := []Entry{{
		Name:    "builtins",
		Global:  "builtins",
		Doc:     "The set of all builtins. What an older version does not have can be tested for.\n\n\tbuiltins ? map\n\t=> true\n",
		Summary: "The set of all builtins.",
	}}
	out[0].Examples = Examples(out[0].Doc)
	for _, b := range builtins.All(memory.View("", nil)) {
		if b.Hidden || b.Name == "builtins" {
			continue
		}
		out = append(out, entry(b))
	}
	slices.SortFunc(out, func(a, b Entry) int {
		if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
})

func entry(b *core.Builtin) Entry {
	e := Entry{
		Name:         b.Name,
		Args:         b.Args,
		Global:       b.Global,
		Doc:          strings.TrimSpace(b.Doc) + "\n",
		Examples:     Examples(b.Doc),
		Impure:       b.Impure,
		Experimental: b.Experimental,
	}
	e.Summary = summary(e.Doc)
	if e.Global == "" {
		e.Global = "__" + b.Name
	}
	return e
}

// Examples returns the examples in a Doc: indented lines, of which the last
// begins with an arrow.
func Examples(doc string) []Example {
	var out []Example
	var src []string
	for _, line := range strings.Split(doc, "\n") {
		code, isCode := strings.CutPrefix(line, "\t")
		want, isWant := strings.CutPrefix(strings.TrimSpace(code), "=> ")
		switch {
		case isCode && isWant:
			out = append(out, Example{strings.Join(src, "\n"), want})
			src = nil
		case isCode:
			src = append(src, code)
		default:
			src = nil
		}
	}
	return out
}

// Find returns the entry of a builtin, by any of its names: map, builtins.map,
// and __map where that is one.
func Find(name string) (Entry, bool) {
	short := strings.TrimPrefix(name, "builtins.")
	for _, e := range Entries() {
		if e.Name == short || e.Global == name {
			return e, true
		}
	}
	return Entry{}, false
}

// Near returns names that are near to one that Find does not know, nearest first.
func Near(name string) []string {
	var names []string
	for _, e := range Entries() {
		names = append(names, e.Name)
	}
	short := strings.TrimLeft(strings.TrimPrefix(name, "builtins."), "_")
	if near := lang.Similar(short, names); len(near) > 0 {
		return near
	}
	// Users often remember only a part of a name.
	var out []string
	for _, n := range names {
		if len(short) > 2 && strings.Contains(strings.ToLower(n), strings.ToLower(short)) {
			out = append(out, n)
		}
	}
	return out
}
