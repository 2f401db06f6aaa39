package lock

// This file defines how the differences of two graphs are told.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

// A Change is an input that two graphs do not have alike.
type Change struct {
	Path     Path
	Old, New *Edge // nil for an input that was added, or removed
}

// Changes returns the differences from one graph to another, in the order of their paths.
func Changes(before, after *Graph) []Change {
	var all []Change
	old, now := before.Places(), after.Places()
	for len(old) > 0 || len(now) > 0 {
		order := 0
		switch {
		case len(old) == 0:
			order = 1
		case len(now) == 0:
			order = -1
		default:
			order = slices.Compare(old[0].Path, now[0].Path)
		}
		switch {
		case order > 0:
			all = append(all, Change{now[0].Path, nil, &now[0].Edge})
			now = now[1:]
		case order < 0:
			all = append(all, Change{old[0].Path, &old[0].Edge, nil})
			old = old[1:]
		default:
			if !sameEdge(old[0].Edge, now[0].Edge) {
				all = append(all, Change{now[0].Path, &old[0].Edge, &now[0].Edge})
			}
			old, now = old[1:], now[1:]
		}
	}
	return all
}

// sameEdge reports whether two edges lead to trees that are pinned alike, or follow the same
// input.
func sameEdge(a, b Edge) bool {
	if a.Node == nil || b.Node == nil {
		return a.Node == nil && b.Node == nil && slices.Equal(a.Follows, b.Follows)
	}
	return a.Node.Locked.Equal(b.Node.Locked)
}

// A Style marks words of a report, as escape sequences of terminals do. The zero Style marks
// nothing.
type Style struct{ Added, Removed, Updated, End string }

// Report returns what changed from one graph to another, as the reference prints it: a line
// for each input and the references that pin it, without a final newline. Dates are in UTC.
func Report(before, after *Graph, p *flakeref.Parser, style Style) string {
	var b strings.Builder
	for _, c := range Changes(before, after) {
		switch {
		case c.Old == nil:
			fmt.Fprintf(&b, "• %sAdded input '%s':%s\n    %s\n", style.Added, c.Path, style.End, describe(p, *c.New))
		case c.New == nil:
			fmt.Fprintf(&b, "• %sRemoved input '%s'%s\n", style.Removed, c.Path, style.End)
		default:
			fmt.Fprintf(&b, "• %sUpdated input '%s':%s\n    %s\n  → %s\n", style.Updated, c.Path, style.End, describe(p, *c.Old), describe(p, *c.New))
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// describe returns where an edge leads: a URL with the day of the last change, or the input
// that it follows.
func describe(p *flakeref.Parser, e Edge) string {
	if e.Node == nil {
		return fmt.Sprintf("follows '%s'", e.Follows)
	}
	s := "'" + URL(p, e.Node.Locked) + "'"
	if t, ok := e.Node.Locked.Attrs["lastModified"].(uint64); ok {
		s += " (" + time.Unix(int64(t), 0).UTC().Format(time.DateOnly) + ")"
	}
	return s
}

// URL returns a reference as a URL, or as its attributes if it has none.
func URL(p *flakeref.Parser, r *flakeref.Ref) string {
	text, err := r.Text(p)
	if err != nil {
		return r.All().String()
	}
	return text
}
