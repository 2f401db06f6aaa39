package why

// This file defines how a Diff is written for people.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Style has what goes around parts of the text on a terminal; the zero Style has nothing.
type Style struct {
	Added, Removed, Changed, Place, End string
}

// maxValue is how much of a value a line has, in characters.
const maxValue = 60

// short returns a value on one line.
func short(value string) string {
	value = strings.ReplaceAll(value, "\n", `\n`)
	if r := []rune(value); len(r) > maxValue {
		value = string(r[:maxValue-1]) + "…"
	}
	return value
}

// value returns the values of an attribute, which several files may define.
func (o *Option) value() string {
	var words []string
	for _, d := range o.Definitions {
		words = append(words, d.Value)
	}
	return strings.Join(words, ", ")
}

// context is how much is shown of what two long values begin with, in characters.
const context = 12

// apart returns two values, each on a line: of long ones, what they begin with is left out.
func apart(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	if max(len(x), len(y)) > maxValue && n > context {
		a, b = "…"+string(x[n-context:]), "…"+string(y[n-context:])
	}
	return short(a), short(b)
}

// describe returns what changed of an attribute.
func (c *OptionChange) describe(s Style) string {
	added, removed := c.Elems()
	switch {
	case len(added)+len(removed) > 0:
		var words []string
		for _, e := range removed {
			words = append(words, s.Removed+"- "+short(e.Value)+s.End)
		}
		for _, e := range added {
			words = append(words, s.Added+"+ "+short(e.Value)+s.End)
		}
		return strings.Join(words, " ")
	case c.Old == nil:
		return s.Added + "+ " + short(c.New.value()) + s.End
	case c.New == nil:
		return s.Removed + "- " + short(c.Old.value()) + s.End
	case c.Old.value() == c.New.value():
		return s.Changed + "~ " + short(c.New.value()) + s.End // the text of a function has changed
	default:
		before, after := apart(c.Old.value(), c.New.value())
		return s.Changed + before + " → " + after + s.End
	}
}

// title returns a change with its places, relative to a folder.
func (c *OptionChange) title(s Style, rel func(string) string) string {
	var places []string
	for _, p := range c.Places() {
		p.File = rel(p.File)
		places = append(places, p.String())
	}
	return fmt.Sprintf("%s: %s  %s%s%s", c.Path, c.describe(s), s.Place, strings.Join(slices.Compact(places), ", "), s.End)
}

// show returns a part that changed.
func (c *PartChange) show(s Style) string {
	// Only versions are for people; a hash of eight letters tells two apart that have the same.
	before, after := c.Old, c.New
	if c.Kind == "package" {
		a, _, versioned := strings.Cut(before, " ")
		b, _, both := strings.Cut(after, " ")
		if a != b && versioned && both {
			return fmt.Sprintf("%s~ %s %s → %s%s", s.Changed, c.Name, a, b, s.End)
		}
	}
	switch {
	case before == "":
		return s.Added + "+ " + c.Name + s.End
	case after == "":
		return s.Removed + "- " + c.Name + s.End
	default:
		return s.Changed + "~ " + c.Name + s.End
	}
}

// A group are parts that have the same causes.
type group struct {
	causes []*OptionChange
	parts  []*PartChange
}

// groups returns the parts by their causes: first those with one, in the order of options.
func (d *Diff) groups() (list []*group) {
	key := func(causes []*OptionChange) string {
		var b strings.Builder
		for _, c := range causes {
			b.WriteString(c.Path + "\x00")
		}
		return b.String()
	}
	byKey := map[string]*group{}
	for _, p := range d.Parts {
		g := byKey[key(p.Causes)]
		if g == nil {
			g = &group{causes: p.Causes}
			byKey[key(p.Causes)] = g
			list = append(list, g)
		}
		g.parts = append(g.parts, p)
	}
	slices.SortStableFunc(list, func(a, b *group) int {
		return cmp.Or(cmp.Compare(len(a.causes), len(b.causes)), cmp.Compare(key(a.causes), key(b.causes)))
	})
	return list
}

// lines returns the parts of a group, a line for each kind.
func (g *group) lines(s Style) (lines []string) {
	var kind string
	var words []string
	end := func() {
		if len(words) > 0 {
			name := kind
			if len(words) > 1 {
				name += "s"
			}
			lines = append(lines, "    "+name+": "+strings.Join(words, ", "))
		}
		words = nil
	}
	for _, p := range g.parts {
		if p.Kind != kind {
			end()
			kind = p.Kind
		}
		words = append(words, p.show(s))
	}
	end()
	return lines
}

// Lines returns what differs, and why: each change of an option with its place, and below it the
// parts that changed by it; then parts with several causes, and those whose cause is not known. rel
// returns how a file is called.
func (d *Diff) Lines(s Style, rel func(file string) string) (lines []string) {
	for _, t := range d.Trees {
		lines = append(lines, fmt.Sprintf("%s: %s%s → %s%s", t.Name, s.Changed, cmp.Or(t.Old, "none"), cmp.Or(t.New, "none"), s.End))
	}
	groups := d.groups()
	for _, c := range d.Options {
		lines = append(lines, c.title(s, rel))
		for _, g := range groups {
			if len(g.causes) == 1 && g.causes[0] == c {
				lines = append(lines, g.lines(s)...)
			}
		}
	}
	for _, g := range groups {
		switch {
		case len(g.causes) > 1:
			var names []string
			for _, c := range g.causes {
				names = append(names, c.Path)
			}
			lines = append(lines, "by "+strings.Join(names, ", ")+":")
		case len(g.causes) == 1:
			continue
		case len(d.Trees) > 0 && len(d.Options) == 0:
			lines = append(lines, "by another version of "+d.Trees[0].Name+":")
		case len(d.Trees) > 0:
			lines = append(lines, "by another version of "+d.Trees[0].Name+", or what is above:")
		case len(d.Options) > 0:
			lines = append(lines, "by what is above, through modules:")
		default:
			lines = append(lines, "by something that is not defined in files, such as a variable or an argument:")
		}
		lines = append(lines, g.lines(s)...)
	}
	return lines
}
