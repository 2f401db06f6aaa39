package profile

// This file defines folded stacks: a line for each stack, outermost call first, and how
// many samples there were. Programs that draw flame graphs read that.

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// WriteFolded writes folded stacks in the form of the reference's eval-profiler, sorted.
// A frame is where a call stands and, after a colon, what it is of:
//
//	/etc/nixos/x.nix:3:5:mkIf;/etc/nixos/x.nix:9:2:primop map 17
//
// As there, what is under no call is in no line, and calls that do not stand in a text
// are where the function is that they call.
func (p *Profile) WriteFolded(out io.Writer) error {
	lines := map[string]uint64{}
	p.each(func(s *Stack) {
		names := make([]string, len(s.frames))
		for i, f := range s.frames {
			names[i] = f.folded()
		}
		// Parents come before their children.
		texts := map[int32]string{}
		var text func(n int32) string
		text = func(n int32) string {
			if n == 0 {
				return ""
			}
			if t, ok := texts[n]; ok {
				return t
			}
			t := text(s.nodes[n].parent)
			if name := names[s.nodes[n].frame]; name != "" && t != "" {
				t += ";" + name
			} else {
				t += name
			}
			texts[n] = t
			return t
		}
		for i := range s.nodes {
			if n := s.nodes[i].samples; n > 0 {
				lines[text(int32(i))] += uint64(n)
			}
		}
	})
	sorted := make([]string, 0, len(lines))
	for line := range lines {
		sorted = append(sorted, line)
	}
	slices.SortFunc(sorted, compareNatural)
	w := bufio.NewWriter(out)
	for _, line := range sorted {
		fmt.Fprintf(w, "%s %d\n", line, lines[line])
	}
	return w.Flush()
}

// compareNatural compares texts; numbers in them count as numbers, so that lines of a
// file come in order.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		na, nb := digits(a), digits(b)
		if na > 0 && nb > 0 {
			x, y := strings.TrimLeft(a[:na], "0"), strings.TrimLeft(b[:nb], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[na:], b[nb:]
			continue
		}
		if a[0] != b[0] {
			break
		}
		a, b = a[1:], b[1:]
	}
	return strings.Compare(a, b)
}

// digits returns how many digits text begins with.
func digits(text string) int { return len(text) - len(strings.TrimLeft(text, "0123456789")) }

// each calls fn for each stack, while nobody changes it.
func (p *Profile) each(fn func(s *Stack)) {
	p.mu.Lock()
	stacks := slices.Clone(p.stacks)
	p.mu.Unlock()
	for _, s := range stacks {
		s.mu.Lock()
		fn(s)
		s.mu.Unlock()
	}
}

// folded returns the frame as a folded stack has it; "" if it has none.
func (f *Frame) folded() string {
	at := f.Call
	known := at != (lang.Position{})
	if !known {
		at = f.Def
	}
	var what []string
	switch f.Kind {
	case Evaluation, File:
		return ""
	case Cut:
		return cutName
	case Functor:
		what = []string{position(at), "functor"}
	case Builtin:
		if known {
			what = append(what, position(at))
		}
		what = append(what, "primop "+f.Name)
		if f.About != "" {
			what = append(what, f.About)
		}
	default:
		what = []string{position(at)}
		if f.Name != "" {
			what = append(what, f.Name)
		}
	}
	return strings.Join(what, ":")
}

func position(p lang.Position) string {
	if p == (lang.Position{}) {
		return "«none»:0"
	}
	return p.String()
}

// cutName stands for frames that are not known any more.
const cutName = "…"
