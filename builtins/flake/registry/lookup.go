package registry

// This file defines how a reference is looked up.

import (
	"fmt"
	"maps"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

// A Kind says where a registry comes from. Kinds are asked in this order.
type Kind int

// Kinds of registries.
const (
	Flag   Kind = iota // the command line
	User               // the file of the user
	System             // that of the machine
	Global             // the one that the setting flake-registry names
)

func (k Kind) String() string { return [...]string{"flags", "user", "system", "global"}[k] }

// A List is registries by kind; nil where there is none.
type List [Global + 1]*Registry

// maxSteps is how many entries may lead to one another.
const maxSteps = 100

// Lookup returns what ref stands for: that itself if it is no name and no entry is for it. If
// limited, only the registries that are the same for all users of a flake are asked.
func (l *List) Lookup(ref *flakeref.Ref, limited bool, p *flakeref.Parser) (*flakeref.Ref, error) {
	first := ref
	for range maxSteps {
		next, err := l.step(ref, limited, p)
		if err != nil {
			return nil, err
		}
		if next == nil {
			if ref.Type() == "indirect" {
				return nil, fmt.Errorf("cannot find flake '%s' in the flake registries", text(ref, p))
			}
			return ref, nil
		}
		ref = next
	}
	return nil, fmt.Errorf("cycle detected in flake registry for '%s'", text(first, p))
}

// step returns what the first entry for ref says, or nil if there is none.
func (l *List) step(ref *flakeref.Ref, limited bool, p *flakeref.Parser) (*flakeref.Ref, error) {
	for kind, r := range l {
		if r == nil || limited && Kind(kind) != Flag && Kind(kind) != Global {
			continue
		}
		for _, e := range r.Entries {
			if maps.Equal(e.From.Attrs, ref.Attrs) {
				return inFolder(e.To, ref), nil
			}
			if e.Exact || !contains(e.From, ref) {
				continue
			}
			to, err := with(e.To, attr(ref, "ref"), attr(ref, "rev"), p)
			if err != nil {
				return nil, err
			}
			return inFolder(to, ref), nil
		}
	}
	return nil, nil
}

// inFolder returns to with the folder of ref, unless it has one.
func inFolder(to, ref *flakeref.Ref) *flakeref.Ref {
	if to.Dir != "" || ref.Dir == "" {
		return to
	}
	c := *to
	c.Dir = ref.Dir
	return &c
}

// contains reports whether ref is from with perhaps a branch or a revision.
func contains(from, ref *flakeref.Ref) bool {
	attrs := maps.Clone(ref.Attrs)
	delete(attrs, "ref")
	delete(attrs, "rev")
	return maps.Equal(from.Attrs, attrs)
}

// with returns to at a branch or tag, and a revision; "" for as it is.
func with(to *flakeref.Ref, branch, rev string, p *flakeref.Parser) (*flakeref.Ref, error) {
	if branch == "" && rev == "" {
		return to, nil
	}
	c := *to
	c.Attrs = maps.Clone(to.Attrs)
	if branch != "" {
		c.Attrs["ref"] = branch
	}
	if rev != "" {
		c.Attrs["rev"] = rev
	}
	switch to.Type() {
	case "git":
		if c.Attrs["ref"] == nil {
			return nil, fmt.Errorf("Git input '%s' has a commit hash but no branch/tag name", text(&c, p)) //lint:ignore ST1005 the reference's words
		}
	case "indirect", "hg":
	case "github", "gitlab", "sourcehut":
		switch {
		case branch != "" && rev != "":
			return nil, fmt.Errorf("cannot apply both a commit hash (%s) and a branch/tag name ('%s') to input '%s'", rev, branch, text(to, p))
		case rev != "":
			delete(c.Attrs, "ref")
		default:
			delete(c.Attrs, "rev")
		}
	default:
		if branch != "" {
			return nil, fmt.Errorf("don't know how to set branch/tag name of input '%s' to '%s'", text(to, p), branch)
		}
		return nil, fmt.Errorf("don't know how to set revision of input '%s' to '%s'", text(to, p), rev)
	}
	return &c, nil
}

// attr returns an attribute of a reference that is a text; "" if it has none.
func attr(r *flakeref.Ref, name string) string {
	s, _ := r.Attrs[name].(string)
	return s
}

// text returns the tree of a reference as a URL, or as its attributes.
func text(r *flakeref.Ref, p *flakeref.Parser) string {
	c := *r
	c.Dir = ""
	s, err := c.Text(p)
	if err != nil {
		return r.All().String()
	}
	return s
}
