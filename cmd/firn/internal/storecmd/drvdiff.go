package storecmd

// This file defines the command that explains why two derivations differ.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/drv/drvdiff"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// DerivationDiff explains why two derivations differ.
type DerivationDiff struct {
	Old string `arg:"" help:"A derivation, an output of one, or, with --file or --expr, an attribute."`
	New string `arg:"" help:"The other one."`
	exprFlags
	To   string `enum:"text,json" default:"text" placeholder:"FORM" help:"The form of what is printed: text (default) or json."`
	Full bool   `help:"Print all of long values, and of files that differ."`
}

// Run prints the difference.
func (c *DerivationDiff) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	var paths [2]string
	for i, word := range []string{c.Old, c.New} {
		in := installables{Installables: []string{word}, exprFlags: c.exprFlags}
		targets, err := in.targets(ctx, e, s)
		if err != nil {
			return err
		}
		list, err := e.derivations(ctx, s, targets)
		if err != nil {
			return err
		}
		if len(list) != 1 {
			return dropin.Failure("'%s' stands for %d derivations; name one of them", word, len(list))
		}
		paths[i] = list[0]
	}
	d, err := drvdiff.Compute(func(p string) (*drv.Derivation, error) { return store.ReadDerivation(ctx, s, p) }, paths[0], paths[1])
	if err != nil {
		return err
	}
	if c.To == "json" {
		return e.printJSON(d, layoutFlags{})
	}
	if paths[0] == paths[1] {
		e.Lines("The derivations are the same: " + paths[0])
		return nil
	}
	p := &diffPrinter{Env: e, ctx: ctx, store: s, most: shownLines}
	if c.Full {
		p.most = -1
	}
	p.print(d, "")
	p.summary()
	return nil
}

const (
	// shownLines is how many lines of a value or file are shown, unless all are wanted.
	shownLines = 8
	// shortValue is how many characters a value has that is shown on the line of its name.
	shortValue = 60
	// shownReasons is how many derivations are named at the end.
	shownReasons = 10
)

// A diffPrinter prints what is different of derivations.
type diffPrinter struct {
	*Env
	ctx     context.Context
	store   store.Store
	most    int      // lines of a value that are shown; less than 0 is all
	reasons []string // names of derivations that differ by themselves
	pairs   int      // that differ
}

// print prints what is different of a pair of derivations, each line behind indent.
func (p *diffPrinter) print(d *drvdiff.Diff, indent string) {
	head := indent + d.Name + " differs"
	if indent != "" {
		head = indent + "input " + d.Name + " differs"
	}
	switch {
	case d.Seen:
		p.Lines(head + ", as above")
		return
	case d.SameOuts:
		head += ", but its outputs are the same"
	case len(d.Changes) == 0 && len(d.Inputs) > 0 && indent != "":
		head += " through its inputs"
	}
	p.pairs++
	if len(d.Changes) > 0 && !slices.Contains(p.reasons, d.Name) {
		p.reasons = append(p.reasons, d.Name)
	}
	p.Lines(head+":", indent+"  old: "+d.Old, indent+"  new: "+d.New)
	for i := range d.Changes {
		p.change(&d.Changes[i], indent+"  ")
	}
	for _, in := range d.Inputs {
		p.print(in, indent+"  ")
	}
}

// change prints a part that is different.
func (p *diffPrinter) change(c *drvdiff.Change, indent string) {
	label := string(c.What)
	if c.Name != "" {
		label += " " + c.Name
	}
	switch {
	case c.What == drvdiff.Source && c.Old != nil && c.New != nil:
		p.Lines(indent+label+" differs:", indent+"  old: "+*c.Old, indent+"  new: "+*c.New)
		p.some(p.files(*c.Old, *c.New), indent+"  ")
	case c.Old == nil:
		p.one(indent+label+" is new", *c.New, indent)
	case c.New == nil:
		p.one(indent+label+" is gone", *c.Old, indent)
	case short(*c.Old) && short(*c.New):
		p.Lines(indent + label + ": " + *c.Old + " → " + *c.New)
	default:
		p.Lines(indent + label + ":")
		p.some(changedParts(*c.Old, *c.New), indent+"  ")
	}
}

// one prints a value that only one of the derivations has.
func (p *diffPrinter) one(label, value, indent string) {
	if short(value) || !strings.Contains(value, "\n") && p.most < 0 {
		p.Lines(label + ": " + value)
		return
	}
	p.Lines(label + ":")
	p.some(strings.Split(value, "\n"), indent+"  ")
}

// some prints lines, or the first of them.
func (p *diffPrinter) some(lines []string, indent string) {
	for i, line := range lines {
		if i == p.most {
			p.Lines(fmt.Sprintf("%s… %d more; --full prints all", indent, len(lines)-i))
			return
		}
		p.Lines(indent + line)
	}
}

// summary prints which derivations are the reason.
func (p *diffPrinter) summary() {
	if p.pairs < 2 {
		return
	}
	names := p.reasons
	more := ""
	if len(names) > shownReasons && p.most >= 0 {
		more = fmt.Sprintf(" and %d more", len(names)-shownReasons)
		names = names[:shownReasons]
	}
	p.Lines(fmt.Sprintf("Of %d derivations that differ, %d do so by themselves: %s%s.", p.pairs, len(p.reasons), strings.Join(names, ", "), more))
}

// short reports whether a value is shown on the line of its name.
func short(value string) bool {
	return utf8.RuneCountInString(value) <= shortValue && !strings.Contains(value, "\n") && value != ""
}

// changedParts returns the lines that two texts do not have in common, or, of texts with one
// line each, the words. Old ones have a minus sign, new ones a plus sign.
func changedParts(old, new string) []string {
	if !strings.Contains(old, "\n") && !strings.Contains(new, "\n") {
		return changed(strings.Fields(old), strings.Fields(new))
	}
	return changed(strings.Split(old, "\n"), strings.Split(new, "\n"))
}

// changed returns what is left of two lists without the beginning and the end that they have in
// common.
func changed(a, b []string) []string {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 && len(b) == 0 {
		return []string{"(space alone)"}
	}
	var out []string
	for _, x := range a {
		out = append(out, "- "+x)
	}
	for _, x := range b {
		out = append(out, "+ "+x)
	}
	return out
}
