package builtins

// This file defines fetchMercurial.

import (
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// mercurial is builtins.fetchMercurial: arguments are checked in the order of their symbols. rev
// is a revision, a branch or a tag; pure evaluation wants a revision.
func (f fetchers) mercurial(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	url, rev, name, hasRev := "", "", "source", false
	if h.KindOf(v).IsAttrs() {
		for _, e := range h.All(v) {
			pos := c.AttrPos(v, e.Name)
			var err error
			switch attr := c.Name(e.Name); attr {
			case "url":
				url, _, err = c.Need(e.Value, "while evaluating the `url` attribute passed to builtins.fetchMercurial").At(pos).Coerce(0)
			case "rev":
				rev, err = c.Need(e.Value, "while evaluating the `rev` attribute passed to builtins.fetchMercurial").At(pos).PlainString()
				hasRev = true
			case "name":
				name, err = c.Need(e.Value, "while evaluating the `name` attribute passed to builtins.fetchMercurial").At(pos).PlainString()
			default:
				err = c.ErrorfAt(core.CodeInvalidArgument, pos, "unsupported argument '%s' to 'fetchMercurial'", attr)
			}
			if err != nil {
				return 0, err
			}
		}
		if url == "" {
			return 0, c.Errorf(core.CodeInvalidArgument, "'url' argument required")
		}
	} else if url, _, err = c.Need(heap.Lazy(v), "while evaluating the first argument passed to builtins.fetchMercurial").Coerce(0); err != nil {
		return 0, err
	}
	for _, text := range []string{url, rev, name} {
		if err := checkURL(c, text); err != nil {
			return 0, err
		}
	}
	if err := checkURI(c, url); err != nil {
		return 0, err
	}
	if c.Evaluator().Options().Pure && !isRevision(rev) {
		return 0, c.Errorf(core.CodePureEvaluation, "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision")
	}
	url, name = strings.Clone(url), strings.Clone(name)
	if !strings.Contains(url, "://") {
		url = "file://" + url
	}
	attrs := flakeref.Attrs{"type": "hg", "url": url, "name": name}
	switch {
	case isRevision(rev):
		attrs["rev"] = strings.Clone(rev)
	case hasRev:
		attrs["ref"] = strings.Clone(rev)
	}
	p := f.refs(c)
	ref, err := p.FromAttrs(attrs, false)
	if err != nil {
		return 0, err
	}
	text, err := ref.Text(p)
	if err != nil {
		return 0, err
	}
	tree, err := f.get.Fetch(c.Ctx(), ref, f.env(c))
	if err != nil {
		if err = f.failed(c, text, err); isNotHere(err) {
			return 0, err
		}
		return 0, c.Frame(err, "while fetching the input '%s'", text)
	}
	out, _, err := f.add(c, ref, tree, name)
	if err != nil {
		return 0, err
	}
	return mercurialValue(c, out, tree)
}

// isRevision reports whether s is the hash of a commit, in full and in lower case: the only
// form that pins one. Anything else is taken for a branch or a tag.
func isRevision(s string) bool {
	return len(s) == 40 && strings.Trim(s, "0123456789abcdef") == ""
}
